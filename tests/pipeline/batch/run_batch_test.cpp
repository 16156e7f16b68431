// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/run_batch.h"

#include "core/error.h"
#include "io/output_file.h"
#include "pipeline/batch/export/batch_tables.h"
#include "pipeline/batch/open_ledger.h"
#include "tests/pipeline/batch/fake_worker.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;

constexpr const char* kFate =
    "case $request in\n"
    "*crash*) kill -SEGV $$ ;;\n"
    "*hang*) sleep 60 ;;\n"
    "*hungry*) kill -KILL $$ ;;\n"
    "*odd*) echo 'I am no worker' >&0 ;;\n"
    "*full*) is_done=false message='the disk is full' ;;\n"
    "*) is_done=true message= ;;\n"
    "esac\n"
    "printf '{\"is_done\":%s,\"worker_leaves\":false,\"processor_s\":0.5,"
    "\"peak_memory_mb\":12.5,\"message\":\"%s\"}\\n' $is_done \"$message\" >&0";

// A folder with a ledger of studies whose UIDs say what becomes of them, and a fake worker.
class Batch {
  public:
    explicit Batch(const std::vector<std::string>& studies) {
        options.folder = folder_.path();
        options.worker = {.program = testing::fake_worker(folder_.path(), kFate),
                          .arguments = {},
                          .timeout = std::chrono::milliseconds(2000)};
        std::filesystem::create_directories(folder_.path() / "header");
        options.header_worker = {
            .program = testing::fake_worker(
                folder_.path() / "header",
                R"(echo '{"study_uid":"1","patient_id":"P7","person":"","accession_number":""}' >&0)"),
            .arguments = {},
            .timeout = std::chrono::milliseconds(2000)};
        options.options_fingerprint = "options";
        opened_ = open_ledger(folder_.path());
        ledger().begin_walk();
        for (const std::string& study_uid : studies) {
            ledger().put_file({.path = "/" + study_uid}, {.study_uid = study_uid});
        }
        ledger().end_walk();
    }

    Ledger& ledger() { return *opened_.ledger; }

    // The fake worker cannot write records, so they are there before it is asked.
    PendingStudies pending() {
        const PendingStudies found = pending_studies(ledger(), options);
        for (const std::string& study_uid : found.study_uids) {
            StudyRecord record{.study_uid = study_uid, .patient_id = "P", .status = "ok"};
            record.fingerprints.options = "options";
            record.measurement = {.columns = {"study_uid", "csa_cm2"}, .cells = {study_uid, "1"}};
            record.fingerprints.inputs = inputs_fingerprint(ledger().files_of(study_uid));
            make_output_folder(record_path(options.folder, study_uid).parent_path());
            write_file(record_path(options.folder, study_uid), record_json(record));
        }
        return found;
    }

    BatchProgress run(const std::function<bool()>& should_stop = [] { return false; }) {
        return run_batch(ledger(),
                         pending(),
                         options,
                         {.progress = [](const BatchProgress&) {}, .should_stop = should_stop});
    }

    std::string reason(const std::string& study_uid) {
        return ledger().entry(study_uid).value().reason;
    }

    std::string measurements() {
        write_batch_tables(ledger(), options.folder, {{options.folder}, kLatestReading}, {});
        std::ifstream stream(options.folder / "measurements.csv");
        return {std::istreambuf_iterator<char>(stream), {}};
    }

    BatchOptions options;

  private:
    TemporaryFolder folder_;
    OpenedLedger opened_;
};

TEST(RunBatch, GivesEveryStudyARowWhateverBecomesOfItsWorker) {
    Batch batch({"1.a", "1.crash", "1.hang", "1.hungry", "1.odd", "1.z"});
    batch.options.levels = {"L2", "L3"};
    const BatchProgress progress = batch.run();
    EXPECT_EQ(progress.total, 6);
    EXPECT_EQ(progress.done, 6);
    EXPECT_EQ(progress.failed, 4);
    EXPECT_EQ(batch.reason("1.a"), "");
    EXPECT_EQ(batch.reason("1.crash"), "crashed");
    EXPECT_EQ(batch.ledger().entry("1.crash")->patient_id, "P7");
    EXPECT_EQ(batch.reason("1.hang"), "timeout");
    EXPECT_EQ(batch.reason("1.hungry"), "out_of_memory");
    EXPECT_EQ(batch.reason("1.odd"), "internal");
    EXPECT_EQ(batch.reason("1.z"), "");
    const LedgerEntry entry = batch.ledger().entry("1.a").value();
    EXPECT_EQ(entry.processor_s, 0.5);
    EXPECT_EQ(entry.peak_memory_mb, 12.5);
    EXPECT_FALSE(entry.started.empty());
    const std::string csv = batch.measurements();
    EXPECT_EQ(std::ranges::count(csv, '\n'), 7) << csv;
    EXPECT_NE(csv.find(",1.crash,,,,failed,crashed,"), std::string::npos) << csv;
    std::ifstream stream(batch.options.folder / "levels.csv");
    const std::string levels{std::istreambuf_iterator<char>(stream), {}};
    EXPECT_NE(levels.find(",1.crash,,,,failed,crashed,L2,"), std::string::npos) << levels;
    EXPECT_NE(levels.find(",1.crash,,,,failed,crashed,L3,"), std::string::npos) << levels;
}

// `--force` cut off between the end of the old files and the new ones.
TEST(RunBatch, MeasuresAStudyAgainWhoseMeasuringWasCutOff) {
    Batch batch({"1.crash"});
    batch.ledger().store({.study_uid = "1.crash",
                          .status = "ok",
                          .inputs = inputs_fingerprint(batch.ledger().files_of("1.crash")),
                          .options = "options"});
    EXPECT_TRUE(batch.pending().study_uids.empty());
    batch.options.redo = Redo::all;
    int asked = 0;
    batch.run([&asked] { return ++asked > 1; });
    batch.options.redo = Redo::none;
    EXPECT_EQ(batch.pending().study_uids, std::vector<std::string>{"1.crash"});
}

TEST(RunBatch, MeasuresAgainWhatCouldNotBeRead) {
    Batch batch({"1.a", "1.b"});
    for (const char* const study_uid : {"1.a", "1.b"}) {
        batch.ledger().store(
            {.study_uid = study_uid,
             .status = "failed",
             .reason = study_uid == std::string("1.a") ? "unreadable_file" : "no_axial_t2",
             .inputs = inputs_fingerprint(batch.ledger().files_of(study_uid)),
             .options = "options"});
    }
    EXPECT_EQ(batch.pending().study_uids, std::vector<std::string>{"1.a"});
}

TEST(RunBatch, WritesTheSameTablesWhateverTheNumberOfJobs) {
    const std::vector<std::string> studies{"1.a", "1.b", "1.c", "1.crash", "1.d", "1.e", "1.f"};
    std::string first;
    for (const int jobs : {1, 2, 5}) {
        Batch batch(studies);
        batch.options.jobs = jobs;
        batch.run();
        const std::string csv = batch.measurements();
        first = first.empty() ? csv : first;
        EXPECT_EQ(csv, first) << jobs;
    }
}

TEST(RunBatch, BeginsNoStudyOnceItIsStopped) {
    Batch batch({"1.a", "1.b", "1.c", "1.d"});
    int asked = 0;
    const BatchProgress progress = batch.run([&] { return ++asked > 2; });
    EXPECT_LT(progress.done, 4);
    EXPECT_GE(progress.done, 1);
    EXPECT_EQ(static_cast<std::int64_t>(batch.pending().study_uids.size()), 4 - progress.done);
}

TEST(RunBatch, StopsWhenNothingCanBeWritten) {
    Batch batch({"1.a", "1.full", "1.z"});
    try {
        batch.run();
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::output_not_writable);
        EXPECT_STREQ(error.what(), "the disk is full");
    }
    EXPECT_FALSE(batch.ledger().state("1.full").has_value()) << "to be measured when there is room";
}

TEST(PendingStudies, AreThoseWhoseFilesOrOptionsChanged) {
    Batch batch({"1.a", "1.crash"});
    batch.run();
    const auto pending = [&batch] { return pending_studies(batch.ledger(), batch.options); };
    EXPECT_EQ(pending().study_uids.size(), 0U);
    EXPECT_EQ(pending().found, 2);
    batch.options.redo = Redo::failed;
    EXPECT_EQ(pending().study_uids, std::vector<std::string>{"1.crash"});
    batch.options.redo = Redo::all;
    EXPECT_EQ(pending().study_uids.size(), 2U);
    batch.options.redo = Redo::none;
    batch.options.options_fingerprint = "other";
    EXPECT_EQ(pending().study_uids.size(), 2U);
    batch.options.options_fingerprint = "options";
    batch.ledger().begin_walk();
    batch.ledger().put_file({.path = "/1.crash", .size_bytes = 7}, {.study_uid = "1.crash"});
    batch.ledger().end_walk();
    EXPECT_EQ(pending().study_uids, std::vector<std::string>{"1.crash"});
    batch.options.settle = std::chrono::seconds(1000);
    EXPECT_EQ(pending().study_uids.size(), 0U);
    EXPECT_EQ(pending().unsettled, 1);
}

TEST(Shard, PutsEachStudyIntoExactlyOne) {
    std::vector<std::string> studies;
    for (int i = 0; i < 40; ++i) {
        studies.push_back("1.2." + std::to_string(i));
    }
    Batch batch(studies);
    std::vector<std::string> seen;
    for (const char* const shard : {"1/3", "2/3", "3/3"}) {
        batch.options.shard = parse_shard(shard);
        const PendingStudies part = pending_studies(batch.ledger(), batch.options);
        EXPECT_GT(part.study_uids.size(), 5U) << "far from even: " << shard;
        seen.insert(seen.end(), part.study_uids.begin(), part.study_uids.end());
    }
    std::ranges::sort(seen);
    std::ranges::sort(studies);
    EXPECT_EQ(seen, studies);
}

TEST(Shard, IsSpelledWithItsNumber) {
    for (const char* const wrong : {"", "1", "0/4", "5/4", "a/4", "1/", "/2", "-1/4"}) {
        EXPECT_THROW(parse_shard(wrong), Error) << wrong;
    }
    EXPECT_EQ(parse_shard("4/4").index, 4U);
}

}  // namespace
}  // namespace paraspinal
