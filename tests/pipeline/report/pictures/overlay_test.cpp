// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/pictures/overlay.h"

#include "pipeline/report/pictures/color.h"
#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/report/pictures/overlay_image_internal.h"
#include "tests/pipeline/report/decoded_picture.h"
#include "tests/pipeline/report/report_phantom.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>

namespace paraspinal {
namespace {

using testing::decoded;
using testing::phantom_report;
using testing::stored_differently;

// Pixels of nearly this color; outlines are painted opaquely.
cv::Mat pixels_of(const cv::Mat& picture, const cv::Scalar& color) {
    const cv::Scalar tolerance(6, 6, 6);
    cv::Mat found;
    cv::inRange(picture, color - tolerance, color + tolerance, found);
    return found;
}

cv::Mat slice_part(const StudyReport& report) {
    Lettering lettering;
    return overlay_image(report, lettering);
}

TEST(Overlay, IsAPngWithTheSliceInTrueAspect) {
    const StudyReport report = phantom_report();
    const cv::Mat image = slice_part(report);
    EXPECT_EQ(image.cols, 960);
    EXPECT_EQ(image.rows, cvRound(960 * (150 * 1.2) / (250 * 0.8)));
    const cv::Mat page = decoded(overlay_png(report, "1.0"));
    ASSERT_FALSE(page.empty());
    EXPECT_EQ(page.rows, image.rows);
    EXPECT_GT(page.cols, image.cols + 300);
    EXPECT_EQ(cv::norm(page(cv::Rect({0, 0}, image.size())), image, cv::NORM_INF), 0);
}

TEST(Overlay, IsTheSameHoweverTheSliceIsStored) {
    const StudyReport report = phantom_report();
    const std::string expected = overlay_png(report, "1.0");
    EXPECT_EQ(overlay_png(report, "1.0"), expected);
    for (int variant = 1; variant < 8; ++variant) {
        const DisplayOrientation storage{.swap_axes = (variant & 4) != 0,
                                         .flip_rows = (variant & 2) != 0,
                                         .flip_columns = (variant & 1) != 0};
        EXPECT_EQ(overlay_png(stored_differently(report, storage), "1.0") == expected, true)
            << "variant " << variant;
    }
}

TEST(Overlay, ShowsThePatientsRightOnTheLeft) {
    const cv::Mat image = slice_part(phantom_report());
    const cv::Rect left_half(0, 0, image.cols / 2, image.rows);
    for (const Structure structure : kStructures) {
        const cv::Mat line = pixels_of(image, bgr(outline_color(structure)));
        const int all = cv::countNonZero(line);
        const int in_left_half = cv::countNonZero(line(left_half));
        EXPECT_GT(all, 300) << label_name(structure);
        if (side_of(structure) == Side::right) {
            EXPECT_EQ(in_left_half, all) << label_name(structure);
        } else if (side_of(structure) == Side::left) {
            EXPECT_EQ(in_left_half, 0) << label_name(structure);
        }
    }
}

TEST(Overlay, MarksTheSides) {
    // Without any picture behind them the marks are the only white there.
    StudyReport report = phantom_report();
    report.slice.intensity = Image<float>(report.slice.intensity.size());
    report.fat = Mask(report.fat.size());
    report.outlines.labels = LabelMap(report.outlines.labels.size());
    const cv::Mat image = slice_part(report);
    const cv::Mat white = pixels_of(image, {255, 255, 255});
    const int middle = image.rows / 2;
    const cv::Mat right_mark = white(cv::Rect(0, middle - 40, 60, 80));
    const cv::Mat left_mark = white(cv::Rect(image.cols - 60, middle - 40, 60, 80));
    // The upper half of an R is a bowl; an L has nothing but its stem there.
    const auto upper_half = [](const cv::Mat& mark) {
        const cv::Rect box = cv::boundingRect(mark);
        return cv::boundingRect(mark(cv::Rect(box.x, box.y, box.width, box.height / 2))).width;
    };
    EXPECT_GT(upper_half(right_mark), 15);
    EXPECT_GT(upper_half(left_mark), 2);
    EXPECT_LT(upper_half(left_mark), 8);
    EXPECT_GT(cv::countNonZero(white(cv::Rect(image.cols / 2 - 30, 0, 60, 60))), 50);
    EXPECT_GT(cv::countNonZero(white(cv::Rect(image.cols / 2 - 30, image.rows - 60, 60, 60))), 50);
}

TEST(Overlay, DrawsTheScaleBarToScale) {
    StudyReport report = phantom_report();
    report.slice.intensity = Image<float>(report.slice.intensity.size());
    report.fat = Mask(report.fat.size());
    report.outlines.labels = LabelMap(report.outlines.labels.size());
    const cv::Mat image = slice_part(report);
    const cv::Mat corner = pixels_of(image, {255, 255, 255})(
        cv::Rect(image.cols / 2 + 60, image.rows - 34, image.cols / 2 - 60, 10));
    const double px_per_mm = image.cols / (250 * 0.8);
    EXPECT_NEAR(cv::boundingRect(corner).width, 50 * px_per_mm, 4);
}

TEST(Overlay, TintsFatAndNothingElse) {
    StudyReport report = phantom_report();
    const cv::Mat with_fat = slice_part(report);
    const Mask fat = report.fat;
    report.fat = Mask(fat.size());
    const cv::Mat without_fat = slice_part(report);
    cv::Mat difference;
    cv::absdiff(with_fat, without_fat, difference);
    cv::cvtColor(difference, difference, cv::COLOR_BGR2GRAY);
    int tinted = 0;
    for (int row = 0; row < fat.rows; ++row) {
        for (int col = 0; col < fat.cols; ++col) {
            const auto at = [&](int pixel, int pixels, int extent) {
                return static_cast<int>((pixel + 0.5) * extent / pixels);
            };
            const bool is_changed =
                difference.at<std::uint8_t>(at(row, fat.rows, with_fat.rows),
                                            at(col, fat.cols, with_fat.cols)) > 40;
            const bool is_fat = fat[{.row = row, .col = col}] == 1;
            EXPECT_TRUE(is_fat || !is_changed) << "row " << row << ", column " << col;
            tinted += is_changed ? 1 : 0;
        }
    }
    // Only fat below an outline is not tinted.
    const auto fat_pixels = std::count(fat.pixels.begin(), fat.pixels.end(), 1);
    EXPECT_GT(tinted, 0.8 * static_cast<double>(fat_pixels));
}

TEST(Overlay, GrowsWithItsFlags) {
    StudyReport report = phantom_report();
    const int before = decoded(overlay_png(report, "1.0")).rows;
    report.flags.assign(20,
                        {.flag = Flag::slice_tilted,
                         .detail = "A sentence that is long enough to need two lines."});
    EXPECT_GT(decoded(overlay_png(report, "1.0")).rows, before + 300);
}

TEST(Overlay, ShowsTheSliceOfTheOtherCountBesideTheMeasuredOne) {
    StudyReport report = phantom_report();
    const cv::Mat image = slice_part(report);
    const int alone = decoded(overlay_png(report, "1.0")).cols;
    report.alternative = {.vertebra = "L2",
                          .report = std::make_shared<const StudyReport>(phantom_report()),
                          .failure = {}};
    const cv::Mat page = decoded(overlay_png(report, "1.0"));
    EXPECT_GT(page.cols, alone + image.cols);
    // Below the heading both show the same phantom.
    const cv::Rect below(0, 60, image.cols, image.rows - 60);
    const int second = page.cols - alone;
    EXPECT_EQ(cv::norm(page(below), image(below), cv::NORM_INF), 0);
    EXPECT_EQ(cv::norm(page(below + cv::Point(second, 0)), image(below), cv::NORM_INF), 0);
    report.alternative = {.vertebra = "L2", .report = {}, .failure = "no slice"};
    EXPECT_EQ(decoded(overlay_png(report, "1.0")).cols, alone);
}

TEST(Overlay, BurnsInNothingThatTellsThePatient) {
    const StudyReport report = phantom_report();
    StudyReport other = report;
    other.study.patient = {.id = "Another", .sex = "M", .age_years = 20};
    other.study.study_date = "19990101";
    EXPECT_EQ(overlay_png(other, "1.0") == overlay_png(report, "1.0"), true);
}

TEST(Overlay, TakesAConstantSlice) {
    StudyReport report = phantom_report();
    report.slice.intensity = Image<float>(report.slice.intensity.size(), 7);
    EXPECT_FALSE(decoded(overlay_png(report, "1.0")).empty());
}

}  // namespace
}  // namespace paraspinal
