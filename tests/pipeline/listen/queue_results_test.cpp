// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/queue_results.h"

#include "core/error.h"
#include "pipeline/batch/readings/readings_file.h"
#include "pipeline/batch/sent_objects.h"
#include "pipeline/batch/study_record.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace paraspinal::testing {
namespace {

ChosenReadings nobodys() {
    return {StandingReadings(), kNoReading};
}

// A study of a run whose own slice has one object, and another level one.
void add_study(const std::filesystem::path& run) {
    std::filesystem::create_directories(run / "study/levels/L4");
    std::ofstream(run / "study/sr.dcm") << "model";
    std::ofstream(run / "study/levels/L4/sr.dcm") << "level";
    StudyRecord record{.study_uid = "1.2", .status = "ok"};
    record.measurement.set("csa_cm2", "40");
    std::ofstream(run / "study/record.json") << record_json(record);
}

Reading correction(const std::string& outlines) {
    Reading reading{.study_uid = "1.2",
                    .reader = "anna",
                    .time = "2026-01-01T00:00:00Z",
                    .decision = Decision::corrected,
                    .outlines = outlines};
    reading.seen.set("csa_cm2", "40");
    reading.measurement.set("csa_cm2", "41");
    return reading;
}

TEST(QueueResults, SendsWhatAReaderCorrected) {
    const TemporaryFolder run;
    add_study(run.path());
    const auto objects = [&run] {
        return objects_of(run.path() / "study", {{run.path()}, kLatestReading});
    };
    const std::filesystem::path level = run.path() / "study/levels/L4/sr.dcm";
    using Files = std::vector<std::filesystem::path>;
    EXPECT_EQ(objects(), (Files{run.path() / "study/sr.dcm", level}));
    const std::filesystem::path hers = run.path() / "readings/anna/1/study";
    std::filesystem::create_directories(hers);
    append_reading(run.path(), correction("readings/anna/1/study"));
    EXPECT_THROW(objects(), Error) << "made without DICOM objects";
    const AskedStudies asked = ask_again(run.path(), "all", {{run.path()}, kLatestReading});
    EXPECT_EQ(asked.count, 0);
    ASSERT_EQ(asked.left_out.size(), 1U);
    EXPECT_TRUE(asked.left_out[0].starts_with("study study: nothing is sent, as "));
    std::ofstream(hers / "sr.dcm") << "anna";
    std::ofstream(hers / "seg.dcm") << "anna";
    EXPECT_EQ(objects(), (Files{hers / "sr.dcm", level})) << "--write of the run has no SEG";
    EXPECT_EQ(objects_of(run.path() / "study", {{run.path()}, kNoReading}),
              (Files{run.path() / "study/sr.dcm", level}));
    Reading earlier = correction("readings/anna/1/study");
    earlier.seen.set("csa_cm2", "39");
    append_reading(run.path(), earlier);
    EXPECT_EQ(objects(), (Files{run.path() / "study/sr.dcm", level})) << "of an earlier result";
}

TEST(QueueResults, SendsNothingOfWhatAReaderRejected) {
    const TemporaryFolder run;
    add_study(run.path());
    Reading reading = correction("");
    reading.decision = Decision::rejected;
    reading.reason = "level";
    append_reading(run.path(), reading);
    SendQueue outbox(run.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    const ChosenReadings readings({run.path()}, kLatestReading);
    EXPECT_THROW(queue_results(run.path() / "study", readings, false, &outbox), Error);
    EXPECT_EQ(outbox.count().at(0).waiting, 0);
    queue_results(run.path() / "study", nobodys(), false, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 0) << "a decision alone sends nothing";
    EXPECT_NE(rejection_of(run.path() / "study", readings), "");
    EXPECT_EQ(rejection_of(run.path() / "study", nobodys()), "");
}

// Named objects beside those that `--deidentify` wrote would say who the pseudonym is.
TEST(QueueResults, SendsNoNamesWhereTheRunHidesThem) {
    const TemporaryFolder run;
    add_study(run.path());
    std::filesystem::remove_all(run.path() / "study/levels");
    const std::filesystem::path hers = run.path() / "readings/anna/1/study";
    std::filesystem::create_directories(hers);
    append_reading(run.path(), correction("readings/anna/1/study"));
    write_dicom(hers / "sr.dcm", {});
    const std::filesystem::path study = run.path() / "study";
    const ChosenReadings readings({run.path()}, kLatestReading);
    EXPECT_EQ(objects_of(study, readings).size(), 1U);
    SendQueue outbox(run.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    EXPECT_THROW(queue_results(study, readings, true, &outbox), Error) << "the node hides them";
    write_dicom(study / "sr.dcm",
                {.changes = {{0x0012, 0x0063, "PS3.15 basic profile, by paraspinal"}}});
    EXPECT_THROW(objects_of(study, readings), Error);
    std::filesystem::remove(study / ".queued");
    EXPECT_THROW(queue_results(study, readings, false, &outbox), Error);
    EXPECT_EQ(outbox.count().at(0).waiting, 0);
    std::filesystem::remove(study / ".queued");
    queue_results(study, nobodys(), true, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 1);
}

// The archive holds a correction to be valid until something replaces it.
TEST(QueueResults, ReplacesACorrectionThatIsTakenBack) {
    const TemporaryFolder run;
    add_study(run.path());
    const std::filesystem::path study = run.path() / "study";
    write_dicom(study / "sr.dcm", {.changes = {{0x0008, 0x0018, "1.2.1"}}});
    write_dicom(study / "levels/L4/sr.dcm", {.changes = {{0x0008, 0x0018, "1.2.4"}}});
    const std::filesystem::path hers = run.path() / "readings/anna/1/study";
    std::filesystem::create_directories(hers);
    append_reading(run.path(), correction("readings/anna/1/study"));
    write_dicom(hers / "sr.dcm", {.changes = {{0x0008, 0x0018, "1.2.2"}}});
    const ChosenReadings hers_counts({run.path()}, kLatestReading);
    SendQueue outbox(run.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    const auto sent = [&](const ChosenReadings& readings) {
        std::filesystem::remove(study / ".queued");
        queue_results(study, readings, false, &outbox);
        return sent_objects(run.path(), "study");
    };
    EXPECT_EQ(sent(nobodys()).size(), 2U);
    EXPECT_EQ(sent(hers_counts).size(), 3U) << "of the other level nothing";
    EXPECT_EQ(sent(hers_counts).size(), 3U) << "once more";
    const auto back = sent(nobodys());
    ASSERT_EQ(back.size(), 4U);
    EXPECT_EQ(back[3].result, 3);
    EXPECT_EQ(back[3].level, "");
    EXPECT_EQ(sent(nobodys()), back) << "once more";
    const auto again = sent(hers_counts);
    ASSERT_EQ(again.size(), 5U);
    EXPECT_EQ(again[4].result, 4);
    EXPECT_EQ(sent(hers_counts), again) << "once more";
    EXPECT_FALSE(std::filesystem::exists(study / "sent_anew"));
}

TEST(QueueResults, QueuesWhatIsThereOnce) {
    const TemporaryFolder folder;
    const std::filesystem::path study = folder.path() / "study";
    std::filesystem::create_directory(study);
    std::ofstream(study / "seg.dcm") << "seg";
    std::ofstream(study / "overlay.png") << "png";
    SendQueue outbox(folder.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    queue_results(study, nobodys(), false, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 1);
    queue_results(study, nobodys(), false, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 1) << "once";
    std::filesystem::remove_all(study);  // As before a study is measured again.
    std::filesystem::create_directory(study);
    std::ofstream(study / "seg.dcm") << "another";
    std::filesystem::create_directories(study / "levels/L4");
    std::ofstream(study / "levels/L4/seg.dcm") << "a third";
    queue_results(study, nobodys(), false, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 3);
}

TEST(QueueResults, QueuesAgainWhatIsAskedFor) {
    const TemporaryFolder folder;
    std::filesystem::create_directory(folder.path() / "study");
    std::ofstream(folder.path() / "study" / "seg.dcm") << "seg";
    SendQueue outbox(folder.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    queue_results(folder.path() / "study", nobodys(), false, &outbox);
    EXPECT_FALSE(is_asked_again(folder.path()));
    EXPECT_EQ(ask_again(folder.path(), "study", nobodys()).count, 1);
    EXPECT_EQ(ask_again(folder.path(), "all", nobodys()).count, 1) << "only folders of studies";
    EXPECT_TRUE(is_asked_again(folder.path()));
    EXPECT_EQ(take_asked_again(folder.path()), std::vector<std::string>{"study"});
    queue_results(folder.path() / "study", nobodys(), false, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 2);
    EXPECT_TRUE(take_asked_again(folder.path()).empty());
    EXPECT_THROW(ask_again(folder.path(), "other", nobodys()), Error);
    EXPECT_THROW(
        ask_again(folder.path(), "../" + folder.path().filename().string() + "/study", nobodys()),
        Error);
}

TEST(QueueResults, NotesWhatWasSentResultByResult) {
    const TemporaryFolder folder;
    const std::filesystem::path study = folder.path() / "study";
    std::filesystem::create_directories(study / "levels" / "L4");
    SendQueue outbox(folder.path() / "outbox", {parse_peer("PACS@127.0.0.1:104")}, {});
    const auto queue = [&](const std::string& uid, const std::filesystem::path& file) {
        std::filesystem::remove(study / ".queued");
        write_dicom(file, {.changes = {{0x0008, 0x0018, uid}}});
        queue_results(study, nobodys(), false, &outbox);
        return sent_objects(folder.path(), "study");
    };
    EXPECT_TRUE(sent_objects(folder.path(), "study").empty());
    EXPECT_EQ(queue("1.2.1", study / "sc_level.dcm").at(0).name, "sc level");
    EXPECT_EQ(queue("1.2.1", study / "sc_level.dcm").size(), 1U) << "sent again";
    const auto added = queue("1.2.2", study / "levels" / "L4" / "sr.dcm");
    ASSERT_EQ(added.size(), 2U);
    EXPECT_EQ(added[1].result, 1) << "of the same result";
    EXPECT_EQ(added[1].level, "L4");
    std::filesystem::remove_all(study / "levels");
    const auto another = queue("1.2.3", study / "sc_level.dcm");
    ASSERT_EQ(another.size(), 3U);
    EXPECT_EQ(another[2].result, 2);
    write_dicom(study / "sc_level.dcm", {.changes = {{0x0008, 0x0018, "1.2.4"}}});
    EXPECT_EQ(queue("1.2.5", study / "seg.dcm").back().result, 3);
    write_dicom(study / "sc_level.dcm", {.changes = {{0x0008, 0x0018, "1.2.6"}}});
    const auto corrected = queue("1.2.5", study / "seg.dcm");
    EXPECT_EQ(corrected.back().result, 4) << "beside an object that stays";
    EXPECT_NE(another[2].sop_instance_uid, "1.2.3") << "it does not name what it replaces";
    EXPECT_FALSE(another[2].series_uid.empty());
}

TEST(QueueResults, WithoutPeersIsNotMadeUpForLater) {
    const TemporaryFolder study;
    std::ofstream(study.path() / "seg.dcm") << "seg";
    queue_results(study.path(), nobodys(), false, nullptr);
    const TemporaryFolder folder;
    SendQueue outbox(folder.path(), {parse_peer("PACS@127.0.0.1:104")}, {});
    queue_results(study.path(), nobodys(), false, &outbox);
    EXPECT_EQ(outbox.count().at(0).waiting, 0);
}

}  // namespace
}  // namespace paraspinal::testing
