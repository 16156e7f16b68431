// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// A study that its folder keeps is measured again as the run measured it.
#include "pipeline/review/measure_again.h"

#include "core/error.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/measure_fat.h"
#include "segmentation/fat/correct_bias.h"
#include "tests/pipeline/report/report_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <string>

namespace paraspinal {
namespace {

using testing::phantom_report;
using testing::TemporaryFolder;

constexpr const char* kVersion = "1.0";

// The phantom as a run would have measured it.
StudyReport measured_phantom() {
    StudyReport report = phantom_report();
    FatMeasurement fat = measure_fat(report.slice, report.outlines, {});
    report.fat_threshold = fat.threshold;
    report.measurement = fat.measurement;
    report.fat_evidence = fat.evidence;
    report.intervals = fat.intervals;
    report.fat = fat.fat;
    return report;
}

class Folder {
  public:
    explicit Folder(StudyReport& report) {
        write_study_outputs(folder_.path(), report, {.software_version = kVersion});
        line_ = {.columns = measurement_columns(), .cells = measurement_row(report, kVersion)};
        stored_ = read_stored_study(folder_.path() / study_folder_name(report.study),
                                    report.study.study_uid);
        even_ = correct_bias(stored_.slice, stored_.options.bias);
    }
    [[nodiscard]] const StoredStudy& stored() const { return stored_; }
    [[nodiscard]] const ImageSlice& even() const { return even_; }
    [[nodiscard]] const NamedCells& line() const { return line_; }

  private:
    TemporaryFolder folder_;
    NamedCells line_;
    StoredStudy stored_;
    ImageSlice even_;
};

TEST(StoredStudy, IsWhatWasMeasured) {
    StudyReport report = measured_phantom();
    const Folder folder(report);
    EXPECT_EQ(folder.stored().slice.intensity, report.slice.intensity);
    EXPECT_EQ(folder.stored().slice.spacing.row_mm, report.slice.spacing.row_mm);
    EXPECT_EQ(folder.stored().outlines.labels, report.outlines.labels);
    EXPECT_EQ(folder.stored().flags.size(), report.flags.size());
}

TEST(MeasureAgain, GivesTheNumbersOfTheRunForItsOutlines) {
    StudyReport report = measured_phantom();
    const Folder folder(report);
    require_same_numbers(folder.stored(), folder.even(), folder.line());
    const MeasuredAgain again =
        measure_again(folder.stored(), folder.even(), folder.stored().outlines.labels);
    EXPECT_TRUE(again.touched.empty());
    EXPECT_EQ(again.report.outline_source, report.outline_source);
}

TEST(MeasureAgain, RefusesARunThatItCannotRepeat) {
    StudyReport report = measured_phantom();
    const Folder folder(report);
    NamedCells other = folder.line();
    other.set("fdr_pct", "1.00");
    EXPECT_THROW(require_same_numbers(folder.stored(), folder.even(), other), Error);
}

TEST(MeasureAgain, LosesConfidenceWhereItWasTouchedAlone) {
    StudyReport report = measured_phantom();
    const Folder folder(report);
    LabelMap labels = folder.stored().outlines.labels;
    std::int64_t taken = 0;
    for (Structure& label : labels.pixels) {
        if (label == Structure::erector_spinae_left && taken < 20) {
            label = Structure::background;
            ++taken;
        }
    }
    const MeasuredAgain again = measure_again(folder.stored(), folder.even(), labels);
    ASSERT_EQ(again.touched, std::vector{Structure::erector_spinae_left});
    const auto& confidence = again.report.outlines.confidence;
    EXPECT_FALSE(confidence.contains(Structure::erector_spinae_left));
    EXPECT_EQ(confidence.size() + 1, report.outlines.confidence.size());
    EXPECT_EQ(again.report.outline_source, "reader+" + report.outline_source);
    const auto before = measurement_of(report.measurement, Structure::erector_spinae_left).pixels;
    EXPECT_EQ(measurement_of(again.report.measurement, Structure::erector_spinae_left).pixels,
              before - taken);
    const NamedCells line = line_of(again.report, folder.line());
    EXPECT_EQ(line.get("level"), folder.line().get("level"));
    EXPECT_EQ(line.get("vb_cm2"), folder.line().get("vb_cm2"));
    EXPECT_EQ(line.get("risk_pct"), "") << "a risk of other numbers";
}

TEST(MeasureAgain, WithoutOutlinesOfTheRunAllAreTheReaders) {
    StudyReport report = measured_phantom();
    const Folder folder(report);
    const MeasuredAgain again = measure_again(
        without_outlines(folder.stored()), folder.even(), folder.stored().outlines.labels);
    EXPECT_EQ(again.report.outline_source, "reader");
    EXPECT_EQ(again.report.outline_model, "");
    EXPECT_TRUE(again.report.outlines.confidence.empty());
    EXPECT_FALSE(again.report.intervals.csa_cm2) << "her outlines are taken as they are";
}

}  // namespace
}  // namespace paraspinal
