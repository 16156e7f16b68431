// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "pipeline/batch/readings/apply_readings.h"
#include "pipeline/batch/readings/readings_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;

StudyRecord record_with(const std::string& csa_cm2) {
    return {.study_uid = "1.1",
            .patient_id = "A",
            .status = "ok",
            .measurement = {.columns = {"patient_id", "study_uid", "status", "csa_cm2", "message"},
                            .cells = {"A", "1.1", "ok", csa_cm2, ""}},
            .muscles = {{.columns = {"area_cm2"}, .cells = {csa_cm2}}}};
}

Reading reading_of(const std::string& reader, Decision decision, const std::string& time) {
    return {.study_uid = "1.1",
            .reader = reader,
            .time = time,
            .decision = decision,
            .seen = seen_cells(record_with("30.000").measurement)};
}

// The row of a study of 30 cm2 after these readings.
StudyRecord read_as(const std::vector<Reading>& readings, const std::string& choice) {
    const TemporaryFolder folder;
    for (const Reading& reading : readings) {
        append_reading(folder.path(), reading);
    }
    const ChosenReadings chosen({folder.path()}, choice);
    return with_reading(record_with("30.000"), chosen.of("1.1"));
}

TEST(Readings, OfTheSameNumbersByAnotherModelStand) {
    StudyRecord now = record_with("30.000");
    now.measurement.set("outline_model", "outline 2");
    Reading reading = reading_of("anna", Decision::accepted, "2026-11-30T08:00:00Z");
    reading.seen.set("outline_model", "outline 1");
    EXPECT_EQ(seen_cells(now.measurement).get("outline_model"), "outline 2");
    EXPECT_FALSE(is_outdated(reading, now.measurement));
    now.measurement.set("csa_cm2", "31.000");
    EXPECT_TRUE(is_outdated(reading, now.measurement));
}

TEST(Readings, ComeBackAsTheyWereWritten) {
    const TemporaryFolder folder;
    Reading written = reading_of("anna", Decision::corrected, "2026-11-30T08:00:00Z");
    written.note = "line\nbreak, \"quotes\", ü";
    written.touched = {"psoas_left"};
    written.outlines = "readings/anna/1/x";
    written.measurement = {.columns = {"csa_cm2"}, .cells = {"31.000"}};
    written.muscles = {{.columns = {"side"}, .cells = {"left"}}};
    written.level_offset = -1;
    written.drawing_sha256 = "ab";
    written.options = "cd";
    append_reading(folder.path(), written);
    std::vector<Reading> read;
    EXPECT_EQ(for_each_reading(folder.path(), [&](Reading one) { read.push_back(one); }), 0U);
    ASSERT_EQ(read.size(), 1U);
    EXPECT_EQ(reading_line(read.front()), reading_line(written));
    EXPECT_EQ(read.front().level_offset, -1);
}

TEST(Readings, OneThatWasCutOffCostsNoOther) {
    const TemporaryFolder folder;
    const Reading whole = reading_of("anna", Decision::accepted, "2026-11-30T08:00:00Z");
    append_reading(folder.path(), whole);
    std::ofstream(folder.path() / kReadingsFile, std::ios::app)
        << reading_line(whole).substr(0, 100);
    append_reading(folder.path(), whole);
    int count = 0;
    EXPECT_EQ(for_each_reading(folder.path(), [&](const Reading&) { ++count; }), 1U);
    EXPECT_EQ(count, 2);
}

TEST(Readings, ThatCannotBeReadAreNoneThatAreNotThere) {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / kReadingsFile);
    EXPECT_THROW(for_each_reading(folder.path(), [](const Reading&) {}), Error);
    EXPECT_THROW(ChosenReadings({folder.path()}, kLatestReading), Error);
}

TEST(Readings, DoNotLeadOutOfTheRun) {
    Reading reading = reading_of("eve", Decision::corrected, "2026-11-30T08:00:00Z");
    for (const char* const outlines : {"/etc", "..", "readings/../../elsewhere"}) {
        reading.outlines = outlines;
        EXPECT_FALSE(parse_reading(reading_line(reading)).has_value()) << outlines;
    }
    reading.outlines = "readings/eve/1/x";
    EXPECT_TRUE(parse_reading(reading_line(reading)).has_value());
}

TEST(Readings, NamesOfReadersAreNamesOfFolders) {
    EXPECT_TRUE(is_reader_name("anna.b-2_x"));
    for (const char* const name : {"", "..", ".a", "a/b", "a b", "model", "latest", "ä"}) {
        EXPECT_FALSE(is_reader_name(name)) << name;
    }
    EXPECT_FALSE(is_reader_name(std::string(41, 'a')));
}

TEST(Readings, TheLastOneCounts) {
    const std::vector<Reading> two{reading_of("anna", Decision::accepted, "2026-11-30T08:00:01Z"),
                                   reading_of("ben", Decision::rejected, "2026-11-30T08:00:02Z")};
    EXPECT_EQ(read_as(two, "latest").measurement.get("reader"), "ben");
    EXPECT_EQ(read_as(two, "anna").measurement.get("review_status"), "accepted");
    EXPECT_EQ(read_as(two, "model").measurement.get("review_status"), "");
    EXPECT_EQ(read_as(two, "model").measurement.get("csa_cm2"), "30.000");
    EXPECT_THROW(read_as(two, "carla"), Error);
}

TEST(Readings, WhoTakesADecisionBackLeavesTheWordToOthers) {
    std::vector<Reading> all{reading_of("anna", Decision::accepted, "2026-11-30T08:00:01Z"),
                             reading_of("ben", Decision::rejected, "2026-11-30T08:00:02Z"),
                             reading_of("ben", Decision::withdrawn, "2026-11-30T08:00:03Z")};
    EXPECT_EQ(read_as(all, "latest").measurement.get("reader"), "anna");
    EXPECT_EQ(read_as(all, "ben").measurement.get("review_status"), "");
}

TEST(Readings, ARejectedStudyHasNoNumbers) {
    Reading rejected = reading_of("anna", Decision::rejected, "2026-11-30T08:00:00Z");
    rejected.reason = "level";
    rejected.note = "this is L4";
    const StudyRecord row = read_as({rejected}, "latest");
    EXPECT_EQ(row.measurement.get("csa_cm2"), "");
    EXPECT_EQ(row.measurement.get("status"), "failed");
    EXPECT_EQ(row.measurement.get("reason"), "rejected_by_reader");
    EXPECT_EQ(row.measurement.get("review_note"), "level: this is L4");
    EXPECT_EQ(row.measurement.get("patient_id"), "A");
    EXPECT_TRUE(row.muscles.empty());
}

TEST(Readings, ARejectionTakesTheOtherLevelsAlongAndACorrectionDoesNot) {
    const auto levels_of = [](Decision decision) {
        StudyRecord record = record_with("30.000");
        record.levels = {{.level = "L3", .own = {}}, {.level = "L4", .own = record.measurement}};
        Reading reading = reading_of("anna", decision, "2026-11-30T08:00:00Z");
        reading.measurement = record_with("31.000").measurement;
        record = with_reading(record, &reading);
        return std::vector{cells_of(record.levels.at(0), record).get("csa_cm2"),
                           cells_of(record.levels.at(1), record).get("csa_cm2"),
                           cells_of(record.levels.at(1), record).get("level")};
    };
    EXPECT_EQ(levels_of(Decision::rejected), (std::vector<std::string>{"", "", "L4"}));
    EXPECT_EQ(levels_of(Decision::corrected), (std::vector<std::string>{"31.000", "30.000", "L4"}));
}

TEST(Readings, ACorrectionChangesTheRowOfItsSliceAndFlagsTheVolumes) {
    StudyRecord record = record_with("30.000");
    record.slices = {.columns = {"series_uid",
                                 "sop_instance_uid",
                                 "status",
                                 "place",
                                 "csa_cm2",
                                 "vb_cm2",
                                 "csa_corrected_cm2",
                                 "qc_flags"},
                     .rows = {{"5", "5.1", "ok", "L3", "30.000", "14.000", "29.000", ""},
                              {"5", "5.2", "ok", "L3/4", "29.000", "", "28.000", ""}}};
    record.volumes = {.columns = {"status", "volume_cm3", "qc_flags"},
                      .rows = {{"ok", "100.00", ""}, {"failed", "", ""}}};
    Reading reading = reading_of("anna", Decision::corrected, "2026-11-30T08:00:00Z");
    const auto correct = [&](const std::string& slice) {
        reading.measurement = {
            .columns =
                {"series_uid", "sop_instance_uid", "status", "csa_cm2", "vb_cm2", "qc_flags"},
            .cells = {"5", slice, "flagged", "31.000", "15.000", "implausible_shape"}};
        return with_reading(record, &reading);
    };
    const StudyRecord body = correct("5.1");
    EXPECT_EQ(body.slices.rows.at(0),
              (std::vector<std::string>{
                  "5", "5.1", "flagged", "L3", "31.000", "15.000", "", "implausible_shape"}));
    EXPECT_EQ(body.slices.rows.at(1), record.slices.rows.at(1));
    EXPECT_EQ(body.volumes.rows.at(0),
              (std::vector<std::string>{"flagged", "100.00", "correction_not_counted"}));
    EXPECT_EQ(body.volumes.rows.at(1), record.volumes.rows.at(1));
    EXPECT_EQ(correct("5.2").slices.rows.at(1).at(5), "") << "no vertebral body in a disc";
    EXPECT_EQ(correct("5.3").volumes.rows, record.volumes.rows) << "another series";
}

TEST(Readings, ACorrectedStudyHasTheNumbersOfItsReader) {
    Reading corrected = reading_of("anna", Decision::corrected, "2026-11-30T08:00:00Z");
    corrected.measurement = {.columns = {"status", "csa_cm2"}, .cells = {"flagged", "31.000"}};
    corrected.muscles = {{.columns = {"area_cm2"}, .cells = {"31.000"}}};
    const StudyRecord row = read_as({corrected}, "latest");
    EXPECT_EQ(row.measurement.get("csa_cm2"), "31.000");
    EXPECT_EQ(row.measurement.get("reading"), "corrected");
    EXPECT_EQ(row.measurement.get("review_status"), "corrected");
    EXPECT_EQ(row.muscles.front().get("area_cm2"), "31.000");
}

// Numbers by one fat method do not stand among numbers by another.
TEST(Readings, ACorrectionOfAStudyMeasuredOtherwiseSinceIsOutdated) {
    Reading corrected = reading_of("anna", Decision::corrected, "2026-11-30T08:00:00Z");
    corrected.measurement = {.columns = {"status", "csa_cm2"}, .cells = {"flagged", "31.000"}};
    corrected.seen.set("fat_method", "otsu");
    const StudyRecord row = read_as({corrected}, "latest");
    EXPECT_EQ(row.measurement.get("csa_cm2"), "30.000");
    EXPECT_EQ(row.measurement.get("reading"), "");
    EXPECT_EQ(row.measurement.get("review_status"), "outdated");
}

// A yes to other numbers is no yes to these.
TEST(Readings, WhatWasAcceptedBeforeAnotherMeasurementIsOutdated) {
    Reading accepted = reading_of("anna", Decision::accepted, "2026-11-30T08:00:00Z");
    accepted.seen = seen_cells(record_with("29.000").measurement);
    EXPECT_EQ(read_as({accepted}, "latest").measurement.get("review_status"), "outdated");
    EXPECT_EQ(read_as({accepted}, "latest").measurement.get("csa_cm2"), "30.000");
}

}  // namespace
}  // namespace paraspinal
