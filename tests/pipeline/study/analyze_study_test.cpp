// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/analyze_study.h"

#include "io/find_studies.h"
#include "pipeline/study/study_result.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/refusal.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

std::filesystem::path sample(const std::string& patient) {
    return testing::source_folder() / "sample_dicom" / patient;
}

// Bytes that this process has read through system calls so far.
std::int64_t bytes_read() {
    std::ifstream stream("/proc/self/io");
    std::string name;
    std::int64_t bytes = 0;
    stream >> name >> bytes;  // "rchar: N" is the first line.
    return bytes;
}

std::int64_t size_of(const std::filesystem::path& folder) {
    std::int64_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        bytes += entry.is_regular_file() ? static_cast<std::int64_t>(entry.file_size()) : 0;
    }
    return bytes;
}

TEST(AnalyzeStudy, ReadsThePixelsOfTheMiddleSagittalSlicesAndTheMeasuredOneAlone) {
    const testing::TemporaryFolder folder;
    std::filesystem::copy(
        sample("patient_a"), folder.path(), std::filesystem::copy_options::recursive);
    const Study original = find_studies({folder.path()}).studies.at(0);
    testing::DicomPhantom sagittal{.patient_id = original.patient.id,
                                   .patient_name = original.patient.name,
                                   .patient_sex = original.patient.sex,
                                   .patient_age = "061Y",
                                   .study_uid = original.study_uid,
                                   .study_date = original.study_date,
                                   .size = {512, 512},
                                   .plane = testing::sagittal_plane()};
    testing::write_all(folder.path(), testing::stack_of(sagittal, 43, 4));

    const std::int64_t before = bytes_read();
    const StudyIndex index = find_studies({folder.path()});
    Models models;
    const StudyReport report = analyze_study(index.studies.at(0), {}, models);
    const std::int64_t read = bytes_read() - before;

    std::size_t files = 0;
    for (const Series& series : index.studies.at(0).series) {
        files += series.slices.size();
    }
    EXPECT_EQ(files, 60U);
    const auto slice_bytes = static_cast<std::int64_t>(report.slice.intensity.pixels.size()) * 2;
    const SpineView& spine = report.level_view.value().sagittal;
    EXPECT_LE(spine.slices_read, 9);
    const auto sagittal_bytes =
        static_cast<std::int64_t>(spine.slice.intensity.pixels.size()) * 2 * spine.slices_read;
    constexpr std::int64_t kHeaderBytes = 16384;  // A header and what the buffers read beyond it.
    EXPECT_LT(read, slice_bytes + sagittal_bytes + 60 * kHeaderBytes);
    EXPECT_LT(read, size_of(folder.path()) / 10) << "of all bytes";
}

TEST(AnalyzeLevel, ReadsOneSliceOfAPreparedStudyAndFindsWhatAnalyzeStudyFinds) {
    const StudyIndex index = find_studies({sample("patient_a")});
    const Study& study = index.studies.at(0);
    Models models;
    const PreparedStudy prepared = prepare_study(study, {}, models);
    const StudyReport whole = analyze_study(study, {}, models);

    const std::int64_t before = bytes_read();
    const StudyReport again = analyze_level(prepared, "L3", {}, models);
    const std::int64_t read = bytes_read() - before;
    const auto file_bytes = static_cast<std::int64_t>(std::filesystem::file_size(again.study.file));
    EXPECT_LT(read, 2 * file_bytes);
    EXPECT_EQ(again.slice_uid, whole.slice_uid);
    EXPECT_EQ(again.measurement, whole.measurement);
    EXPECT_EQ(again.level.level, "L3");

    // The slices of this study lie about L3; nothing of it passes through L5.
    EXPECT_EQ(testing::refusal([&] { analyze_level(prepared, "L5", {}, models); }),
              ErrorCode::level_not_covered);
}

TEST(AnalyzeLevel, GivesTheOnlySliceOfAStudyNoOtherLevel) {
    const StudyIndex index = find_studies({sample("patient_b")});
    Study study = index.studies.at(0);
    std::erase_if(study.series, [](const Series& series) { return series.slices.size() > 1; });
    Models models;
    const PreparedStudy prepared = prepare_study(study, {}, models);
    ASSERT_FALSE(prepared.spine);
    EXPECT_EQ(analyze_level(prepared, "L3", {}, models).level.source, LevelSource::single_slice);
    EXPECT_EQ(testing::refusal([&] { analyze_level(prepared, "L4", {}, models); }),
              ErrorCode::level_not_found);
}

TEST(AnalyzeStudy, DoesNotDependOnTheOrderOfFiles) {
    Models models;
    StudyIndex index = find_studies({sample("patient_b")});
    const StudyReport report = analyze_study(index.studies.at(0), {}, models);
    Study& study = index.studies.at(0);
    std::ranges::reverse(study.series);
    for (Series& series : study.series) {
        std::ranges::reverse(series.slices);
    }
    const StudyReport other = analyze_study(study, {}, models);
    EXPECT_EQ(other.slice_uid, report.slice_uid);
    EXPECT_EQ(other.measurement, report.measurement);
}

TEST(AnalyzeStudy, FindsTheSidesOfASliceStoredFromThePatientsLeft) {
    // Patient B is stored with columns to the patient's right; right muscles are the larger ones.
    Models models;
    const StudyIndex index = find_studies({sample("patient_b")});
    const StudyReport report = analyze_study(index.studies.at(0), {}, models);
    ASSERT_LT(report.slice.plane.along_columns.x, 0);
    EXPECT_GT(asymmetry_pct(report.measurement).value(), 10);
}

TEST(MeasureAlternative, MeasuresTheSliceOfTheOtherCount) {
    const StudyIndex index = find_studies({sample("patient_a")});
    Models models;
    PreparedStudy prepared = prepare_study(index.studies.at(0), {}, models);
    const StudyReport whole = analyze_level(prepared, "L3", {}, models);
    EXPECT_FALSE(measure_alternative(prepared, whole.level, {}, models));

    // As if the lowest body that was counted could be S1: the slices reach up to L2.
    Spine& spine = prepared.spine.value().spine;
    spine.doubts = {{std::string(kTransitionalDoubt), "L5 may be S1"}};
    spine.other_shifts = {-1};
    const StudyReport doubted = analyze_level(prepared, "L3", {}, models);
    EXPECT_EQ(doubted.slice_uid, whole.slice_uid);
    const AlternativeLevel other = measure_alternative(prepared, doubted.level, {}, models).value();
    EXPECT_EQ(other.vertebra, "L2");
    ASSERT_NE(other.report, nullptr) << other.failure;
    EXPECT_EQ(other.report->slice_uid, analyze_level(prepared, "L2", {}, models).slice_uid);
    EXPECT_EQ(other.report->slice_uid, doubted.level.alternatives.at(0).slice_uid);
    EXPECT_EQ(other.report->level.level, "L3");

    // Nothing of this study passes through L4.
    spine.other_shifts = {1};
    const StudyReport higher = analyze_level(prepared, "L3", {}, models);
    const AlternativeLevel none = measure_alternative(prepared, higher.level, {}, models).value();
    EXPECT_EQ(none.vertebra, "L4");
    EXPECT_EQ(none.report, nullptr);
    EXPECT_NE(none.failure.find("no axial slice passes"), std::string::npos) << none.failure;
}

TEST(StudyResult, TurnsEveryErrorIntoAFailureOfThatStudy) {
    Models models;
    StudyIndex index = find_studies({sample("patient_a")});
    std::vector<Series>& all = index.studies.at(0).series;
    all.erase(all.begin());  // The sagittal one.
    const StudyOutcome outcome = study_result(index.studies.at(0), {}, models).outcome;
    const auto* const failure = std::get_if<StudyFailure>(&outcome);
    ASSERT_NE(failure, nullptr);
    EXPECT_EQ(failure->code, ErrorCode::level_not_found);
    EXPECT_EQ(failure->study.study_uid, index.studies.at(0).study_uid);
    EXPECT_EQ(failure->message.find("sample-a"), std::string::npos) << "names the patient";

    for (SliceHeader& slice : index.studies.at(0).series.at(0).slices) {
        slice.file = "/nowhere/at/all";
    }
    AnalyzeOptions options;
    options.slice.slice_uid = slice_uid(index.studies.at(0).series.at(0).slices.front());
    const StudyOutcome unreadable = study_result(index.studies.at(0), options, models).outcome;
    ASSERT_TRUE(std::holds_alternative<StudyFailure>(unreadable));
    EXPECT_EQ(exit_code(std::get<StudyFailure>(unreadable).code), 3);
}

TEST(StudyResult, HasEachLevelThatWasAskedForAndTheReasonWhereItIsNotMeasured) {
    Models models;
    const StudyIndex index = find_studies({sample("patient_a")});
    const Study& study = index.studies.at(0);
    const StudyOutcome alone = study_result(study, {}, models).outcome;
    const StudyResult result = study_result(study, {.levels = {"L1", "L3", "L5"}}, models);
    EXPECT_EQ(std::get<StudyReport>(result.outcome).measurement,
              std::get<StudyReport>(alone).measurement);
    ASSERT_EQ(result.further.levels.size(), 3U);
    EXPECT_EQ(result.further.levels.at(0).level, "L1");
    const auto& failure = std::get<StudyFailure>(result.further.levels.at(0).own.value());
    EXPECT_EQ(failure.code, ErrorCode::level_not_covered);
    EXPECT_EQ(failure.study.study_uid, study.study_uid);
    EXPECT_FALSE(result.further.levels.at(1).own) << "the study's own level";
    EXPECT_TRUE(std::holds_alternative<StudyFailure>(result.further.levels.at(2).own.value()));
}

TEST(StudyResult, OfAStudyThatCannotBePreparedHasEachLevelWithItsReason) {
    Models models;
    StudyIndex index = find_studies({sample("patient_a")});
    AnalyzeOptions options{.levels = {"L2", "L3"}};
    options.classify.axial_t2_uid = "1.2.3";
    const StudyResult result = study_result(index.studies.at(0), options, models);
    EXPECT_EQ(std::get<StudyFailure>(result.outcome).code, ErrorCode::series_not_found);
    ASSERT_EQ(result.further.levels.size(), 2U);
    EXPECT_FALSE(result.further.levels.at(0).own) << "fails as the study does";
}

}  // namespace
}  // namespace paraspinal
