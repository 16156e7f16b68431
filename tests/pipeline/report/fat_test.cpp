// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/json/measurement_json.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/fat_picture.h"
#include "pipeline/report/tables/measurement_row.h"
#include "tests/pipeline/report/decoded_picture.h"
#include "tests/pipeline/report/report_phantom.h"

#include <gtest/gtest.h>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>

namespace paraspinal {
namespace {

using nlohmann::json;
using testing::decoded;

StudyReport report_with_fat() {
    StudyReport report = testing::phantom_report();
    FatEvidence& evidence = report.fat_evidence;
    evidence.roi = MuscleRoi::muscle;
    evidence.fascial = evidence.muscle = report.measurement;
    evidence.fascial.structures.front().area_mm2 += 100;
    evidence.scale = FatScale{.lean = 120, .fat = 900};
    evidence.fat = SeenFat{.reference = {.fat = 900},
                           .choices = {850, 900},
                           .where = Mask(report.slice.intensity.size())};
    evidence.fat->where.pixels.front() = 1;
    evidence.lean = Mask(report.slice.intensity.size());
    evidence.disagreement_pct = 12.345;
    for (int i = 0; i < 4000; ++i) {
        evidence.muscle_values.push_back(i < 3000 ? 80 + 0.03 * i : 700 + 0.1 * i);
    }
    for (const FatMethod method : {FatMethod::gmm2, FatMethod::otsu, FatMethod::yen}) {
        MethodFat& one = evidence.by_method.emplace_back();
        one.threshold.method = method;
        one.threshold.evidence = "split";
        one.threshold.value = method == FatMethod::otsu ? report.fat_threshold->value
                                                        : 300 + 90 * static_cast<int>(method);
        one.measurement = report.measurement;
    }
    report.intervals = {.csa_cm2 = Interval{40.1234, 45.6, 0.90},
                        .fdr_pct = Interval{10, 20.555, 0.90},
                        .vb_cm2 = Interval{14.9996, 17, 0.90}};
    return report;
}

TEST(FatJson, HasEveryMethod) {
    const StudyReport report = report_with_fat();
    const json fat = json::parse(measurement_json(report, "1.0"))["fat"];
    EXPECT_EQ(fat["fdr_by_method"].size(), 3U);
    const double fdr = fdr_pct(report.measurement).value();
    EXPECT_NEAR(fat["fdr_by_method"]["gmm2"]["fdr_pct"], fdr, 0.005);
    EXPECT_TRUE(fat["fdr_by_method"]["yen"]["erector_spinae_left_fdr_pct"].is_number());
    EXPECT_EQ(fat["fdr_by_method"]["yen"]["evidence"], "split");
    EXPECT_NEAR(fat["disagreement_pct"], 12.345, 0.0051);
    EXPECT_EQ(fat["subcutaneous_fat"], 900);
    EXPECT_TRUE(fat["fat_elsewhere"].is_null());
    EXPECT_EQ(fat["guard"], "on");
}

TEST(FatJson, SaysThatFatWasNotMeasured) {
    StudyReport report = report_with_fat();
    report.fat_threshold.reset();
    for (StructureMeasurement& part : report.measurement.structures) {
        part.fat_area_mm2.reset();
    }
    const json all = json::parse(measurement_json(report, "1.0"));
    EXPECT_TRUE(all["fat"]["method"].is_null());
    EXPECT_TRUE(all["fat"]["threshold"].is_null());
    EXPECT_TRUE(all["totals"]["fdr_pct"].is_null());
    EXPECT_TRUE(all["totals"]["csa_cm2"].is_number());
    EXPECT_EQ(decoded(fat_png(report, "1.0")).cols, 1280);
}

TEST(FatJson, HasBothRegionsOfInterest) {
    const StudyReport report = report_with_fat();
    const json roi = json::parse(measurement_json(report, "1.0"))["roi"];
    EXPECT_EQ(roi["used"], "muscle");
    EXPECT_NEAR(roi["muscle"]["csa_cm2"], csa_cm2(report.measurement), 0.0005);
    EXPECT_NEAR(roi["fascial"]["csa_cm2"], csa_cm2(report.measurement) + 1, 0.0006);
    EXPECT_TRUE(roi["fascial"]["fdr_pct"].is_number());
}

TEST(FatJson, HasIntervals) {
    const json totals = json::parse(measurement_json(report_with_fat(), "1.0"))["totals"];
    EXPECT_EQ(totals["csa_low_cm2"], 40.123);
    EXPECT_EQ(totals["csa_high_cm2"], 45.6);
    EXPECT_EQ(totals["fdr_low_pct"], 10);
    EXPECT_EQ(totals["vb_low_cm2"], 15);
}

TEST(FatRow, HasIntervalsAndTheRegionOfInterest) {
    const std::vector<std::string> row = measurement_row(report_with_fat(), "1.0");
    std::map<std::string, std::string> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
        cells[measurement_columns()[i]] = row[i];
    }
    EXPECT_EQ(cells["csa_low_cm2"], "40.123");
    EXPECT_EQ(cells["csa_high_cm2"], "45.600");
    EXPECT_EQ(cells["fdr_low_pct"], "10.00");
    EXPECT_EQ(cells["vb_low_cm2"], "15.000");
    EXPECT_EQ(cells["vb_high_cm2"], "17.000");
    EXPECT_EQ(cells["roi"], "muscle");
}

int pixels_of(const cv::Mat& picture, const Color& color) {
    cv::Mat mask;
    const cv::Scalar bgr(color.blue, color.green, color.red);
    cv::inRange(picture, bgr, bgr, mask);
    return cv::countNonZero(mask);
}

TEST(FatPicture, ShowsMoreFatWhenTheThresholdIsLower) {
    StudyReport report = report_with_fat();
    const int before = pixels_of(decoded(fat_png(report, "1.0")), kFatColor);
    EXPECT_GT(before, 1000);
    report.fat_threshold->value = 100;
    EXPECT_GT(pixels_of(decoded(fat_png(report, "1.0")), kFatColor), before + 1000);
}

TEST(FatPicture, IsTheSameAgain) {
    EXPECT_EQ(fat_png(report_with_fat(), "1.0"), fat_png(report_with_fat(), "1.0"));
}

TEST(FatPicture, HoldsAgainstValuesThatAreAllAlike) {
    StudyReport report = report_with_fat();
    report.fat_evidence = {.muscle_values = {5, 5, 5}};
    report.fat_threshold->value = 5;
    EXPECT_EQ(decoded(fat_png(report, "1.0")).cols, 1280);
}

}  // namespace
}  // namespace paraspinal
