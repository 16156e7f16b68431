// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/unit.h"
#include "io/find_studies.h"
#include "pipeline/report/measurement_report_content.h"
#include "pipeline/report/notice.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/pictures/color.h"
#include "pipeline/report/write_outputs.h"
#include "tests/pipeline/report/report_phantom.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace paraspinal {
namespace {

using testing::phantom_report;
using testing::TemporaryFolder;

// The report of the phantom, as if measured on a DICOM file in `folder`.
StudyReport report_on_file(const std::filesystem::path& folder,
                           const std::vector<testing::DicomElement>& changes = {}) {
    StudyReport report = phantom_report();
    const std::filesystem::path file = folder / "image";
    testing::write_dicom(file,
                         {.size = report.slice.intensity.size(),
                          .spacing = report.slice.spacing,
                          .plane = report.slice.plane,
                          .changes = changes});
    const StudyIndex index = find_studies({file});
    report.source = index.studies.at(0).series.at(0).slices.at(0);
    report.study.study_uid = index.studies.at(0).study_uid;
    return report;
}

std::set<std::string> names_of(const std::vector<std::filesystem::path>& files) {
    std::set<std::string> names;
    for (const std::filesystem::path& file : files) {
        EXPECT_GT(std::filesystem::file_size(file), 1000U) << file;
        names.insert(file.filename().string());
    }
    return names;
}

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

const ReportedNumber& number_of(const MeasurementReportContent& content,
                                const std::string& group,
                                const std::string& code) {
    const auto found = std::ranges::find(content.groups, group, &ReportedGroup::name);
    return *std::ranges::find_if(
        found->numbers, [&code](const ReportedNumber& each) { return each.name.code == code; });
}

TEST(DicomObjects, AReportBringsItsSegmentsAlong) {
    const TemporaryFolder folder;
    StudyReport report = report_on_file(folder.path());
    const auto write = [&](const char* list) {
        return names_of(write_study_outputs(folder.path(), report, output_options(list, "1.0")));
    };
    EXPECT_EQ(write("sr"), (std::set<std::string>{"seg.dcm", "sr.dcm"}));
    EXPECT_EQ(write("sc"), (std::set<std::string>{"sc.dcm"}));
    EXPECT_EQ(write("seg,sr,sc"), (std::set<std::string>{"seg.dcm", "sr.dcm", "sc.dcm"}));
}

// As processors, and the ways to run a network, differ in.
TEST(DicomObjects, AreTheSameWhateverTheLastDigitsOfPlaces) {
    const TemporaryFolder folder;
    StudyReport report = report_on_file(folder.path());
    const auto bytes_at = [&](double height_mm, double tilt) {
        report.level.endplate =
            Endplate{.plane = {.point_mm = {1, 2, height_mm}, .normal = {tilt, 0, 1}}};
        return bytes_of(write_study_outputs(folder.path(), report, output_options("seg", "1"))[0]);
    };
    const std::string before = bytes_at(42.774216882, 0.0070049404);
    EXPECT_EQ(bytes_at(42.774217221, 0.0070048911), before);
    EXPECT_NE(bytes_at(42.8, 0.0070049404), before);
}

TEST(DicomCielab, IsThatOfTheStandard) {
    EXPECT_EQ(dicom_cielab({255, 255, 255}), (std::array<std::uint16_t, 3>{65535, 32896, 32896}));
    EXPECT_EQ(dicom_cielab({0, 0, 0}), (std::array<std::uint16_t, 3>{0, 32896, 32896}));
    const auto [lightness, a, b] = dicom_cielab({255, 0, 0});
    EXPECT_NEAR(lightness / 655.35, 54.29, 0.02);  // Lindbloom's calculator: 54.29, 80.81, 69.89.
    EXPECT_NEAR(a / 257.0 - 128, 80.81, 0.05);
    EXPECT_NEAR(b / 257.0 - 128, 69.89, 0.05);
}

TEST(Notice, SaysInTheStudyThatItWasNotMeasured) {
    const TemporaryFolder folder;
    testing::write_dicom(folder.path() / "image", {});
    const Study study = find_studies({folder.path() / "image"}).studies.at(0);
    const StudyFailure failure{.study = {.study_uid = study.study_uid},
                               .code = ErrorCode::fat_suppressed,
                               .message = "file /data/SMITH_JOHN/1: the fat is dark",
                               .cause = "the fat is dark"};
    const auto write = [&](const char* list) {
        return write_notice(folder.path(), failure, study, output_options(list, "1.0"));
    };
    EXPECT_TRUE(write("sc").empty()) << "not asked for";
    const std::filesystem::path file = write("notice").at(0);
    EXPECT_EQ(file, folder.path() / study_folder_name(failure.study) / "notice.dcm");
    const std::string first = bytes_of(file);
    write("notice");
    EXPECT_EQ(bytes_of(file), first);
    EXPECT_NE(first.find(study.study_uid), std::string::npos);
    EXPECT_NE(first.find("Paraspinal: not measured"), std::string::npos);
}

TEST(Notice, NamesNoUids) {
    StudyFailure failure{.study = {.study_uid = "1.2.3"}, .code = ErrorCode::level_not_found};
    failure.cause = "which of 5 slices (2.25.82200089639614, 1.2.840.1) is meant, 0.5 mm apart";
    const RgbImage page = notice_pixels(failure, "1.0");
    failure.cause = "which of 5 slices ((UID), (UID)) is meant, 0.5 mm apart";
    EXPECT_EQ(notice_pixels(failure, "1.0").pixels, page.pixels);
}

TEST(Notice, NamesNoFiles) {
    StudyFailure failure{.study = {.study_uid = "1.2.3"},
                         .code = ErrorCode::fat_suppressed,
                         .message = "file /data/SMITH_JOHN/1: the fat is dark",
                         .cause = "the fat is dark"};
    const RgbImage page = notice_pixels(failure, "1.0");
    failure.message = "the fat is dark";
    EXPECT_EQ(notice_pixels(failure, "1.0").pixels, page.pixels);
    failure.cause = "the fat is bright";
    EXPECT_NE(notice_pixels(failure, "1.0").pixels, page.pixels);
    failure.code = ErrorCode::malformed_file;
    const RgbImage other = notice_pixels(failure, "1.0");
    failure.cause = "the file /data/SMITH_JOHN/1 is damaged";
    EXPECT_EQ(notice_pixels(failure, "1.0").pixels, other.pixels);
}

TEST(DicomObjects, AreLeftOutForNifti) {
    const TemporaryFolder folder;
    StudyReport report = phantom_report();
    report.source.file = "slice.NII.gz";
    const OutputOptions options = output_options("json,seg,sr,sc", "1.0");
    EXPECT_EQ(names_of(write_study_outputs(folder.path(), report, options)),
              (std::set<std::string>{"measurement.json"}));
}

// Seen in real archives: components with leading zeros, more than 64 characters, a dot at the end.
TEST(DicomObjects, AreLeftOutWithAFlagWhereTheHeaderBreaksTheStandard) {
    const std::string long_uid = "1.2." + std::string(70, '3');
    for (const std::vector<testing::DicomElement>& changes :
         std::vector<std::vector<testing::DicomElement>>{{{0x0020, 0x000d, "1.2.0001.5"}},
                                                         {{0x0020, 0x000d, long_uid}},
                                                         {{0x0020, 0x000e, "1.2.03.4"}},
                                                         {{0x0008, 0x0018, "1.2.03.4"}},
                                                         {{0x0008, 0x0018, "1.2.3."}},
                                                         {{0x0020, 0x0052, "1.2.03.4"}}}) {
        const TemporaryFolder folder;
        StudyReport report = report_on_file(folder.path(), changes);
        report.flags.clear();
        const OutputOptions options = output_options("json,seg,sr", "1.0");
        EXPECT_EQ(names_of(write_study_outputs(folder.path(), report, options)),
                  (std::set<std::string>{"measurement.json"}))
            << changes[0].value.value();
        EXPECT_EQ(flag_names(report), "dicom_objects_left_out");
    }
}

TEST(DicomObjects, AnotherResultHasOtherUids) {
    const TemporaryFolder folder;
    StudyReport report = report_on_file(folder.path());
    const OutputOptions options = output_options("sr", "1.0");
    const auto sr = [&] { return write_study_outputs(folder.path(), report, options).at(1); };
    const std::string first = bytes_of(sr());
    EXPECT_EQ(bytes_of(sr()), first);
    report.fat_threshold->value += 1;
    EXPECT_NE(bytes_of(sr()), first);
}

TEST(MeasurementReportContent, HasTheNumbersOfTheTables) {
    const StudyReport report = phantom_report();
    const MeasurementReportContent content = measurement_report_content(report);
    const SliceMeasurement& slice = report.measurement;
    EXPECT_DOUBLE_EQ(number_of(content, "totals", "CSA").value, csa_cm2(slice));
    EXPECT_DOUBLE_EQ(number_of(content, "totals", "FA_TOTAL").value, fat_area_cm2(slice).value());
    EXPECT_DOUBLE_EQ(number_of(content, "totals", "FDR_TOTAL").value, fdr_pct(slice).value());
    EXPECT_DOUBLE_EQ(number_of(content, "totals", "VB").value, vb_cm2(slice).value());
    EXPECT_DOUBLE_EQ(number_of(content, "multifidus_left", "FDR").value,
                     fdr_pct(measurement_of(slice, Structure::multifidus_left)).value());
    EXPECT_EQ(number_of(content, "totals", "CSA").decimals, kUnitCm2.decimals);
    EXPECT_EQ(number_of(content, "totals", "CSA").interval.has_value(),
              report.intervals.csa_cm2.has_value());
    EXPECT_EQ(content.level, report.level.level);
}

TEST(MeasurementReportContent, SaysThatTheRiskIsNotValidated) {
    StudyReport report = phantom_report();
    report.risk = RiskEstimate{
        .model = "yang2025", .probability = 0.25, .low = 0.125, .high = 0.5, .imputed = {"bmd"}};
    const MeasurementReportContent content = measurement_report_content(report);
    const ReportedNumber& risk = number_of(content, "fracture_risk", "FRACTURE_RISK");
    EXPECT_DOUBLE_EQ(risk.value, 25);
    EXPECT_DOUBLE_EQ(risk.interval.value().coverage_pct, 95);
    const std::string text = content.groups.back().remarks.at(0).text;
    EXPECT_NE(text.find("yang2025. Research use only, not validated."), std::string::npos);
    EXPECT_NE(text.find("bmd"), std::string::npos);
    EXPECT_EQ(content.groups.back().numbers.size(), 1U) << "no card stands beside it";
    report.risk.reset();
    EXPECT_EQ(measurement_report_content(report).groups.back().name, "totals");
}

TEST(MeasurementReportContent, SaysWhatTheCardBesideTheModelSays) {
    const MeasurementReportContent content = measurement_report_content(phantom_report());
    const ReportedNumber& risk = number_of(content, "fracture_risk", "COMPANION_RISK");
    EXPECT_DOUBLE_EQ(risk.value, 28.765);
    EXPECT_DOUBLE_EQ(risk.interval.value().low, 20);
    EXPECT_DOUBLE_EQ(risk.interval.value().coverage_pct, 95);
    EXPECT_EQ(risk.algorithm, "risk model yang2025_shrunk");
    EXPECT_EQ(content.groups.back().remarks.at(1).text,
              "Beside it yang2025_shrunk: Look at this one.");
}

TEST(MeasurementReportContent, TellsEveryDoubt) {
    StudyReport report = phantom_report();
    report.flags = {{Flag::level_uncertain, "count again"}, {Flag::slice_tilted, "by 20 degrees"}};
    const MeasurementReportContent content = measurement_report_content(report);
    std::vector<std::string> doubts;
    for (const ReportedText& remark : content.remarks) {
        if (remark.name.code == "QC_FLAG") {
            doubts.push_back(remark.text);
        }
    }
    EXPECT_EQ(
        doubts,
        (std::vector<std::string>{"level_uncertain: count again", "slice_tilted: by 20 degrees"}));
    EXPECT_EQ(content.remarks.back().text, kResearchNotice);
}

// SR and SEG hold ASCII alone beside what is copied, whatever character set that is in.
TEST(MeasurementReportContent, IsPlainAscii) {
    const MeasurementReportContent content = measurement_report_content(phantom_report());
    for (const ReportedGroup& group : content.groups) {
        for (const ReportedNumber& number : group.numbers) {
            EXPECT_TRUE(std::ranges::all_of(number.algorithm + number.name.meaning,
                                            [](char letter) { return letter >= ' '; }));
            EXPECT_LE(number.name.code.size(), 16U) << number.name.code;
            EXPECT_LE(number.name.meaning.size(), 64U) << number.name.meaning;
        }
    }
}

}  // namespace
}  // namespace paraspinal
