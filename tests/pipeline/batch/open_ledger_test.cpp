// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/open_ledger.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "pipeline/batch/study_request.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::DicomPhantom;
using testing::TemporaryFolder;

StudyRecord sample_record(const std::string& study_uid) {
    return {.study_uid = study_uid,
            .patient_id = "\xc3\xbc",
            .status = "failed",
            .reason = "no_axial_t2",
            .message = "study: \"no\"",
            .fingerprints = {.inputs = "in", .options = "opt"},
            .measurement = {.columns = {"b", "a"}, .cells = {"1", "=2"}},
            .muscles = {{.columns = {"x"}, .cells = {""}}, {.columns = {"x"}, .cells = {"3"}}}};
}

void keep(const fs::path& folder, const StudyRecord& record) {
    make_output_folder(record_path(folder, record.study_uid).parent_path());
    write_file(record_path(folder, record.study_uid), record_json(record));
}

TEST(StudyRecord, ReadsBackAsItWasWritten) {
    const StudyRecord record = sample_record("1.2");
    EXPECT_EQ(record_json(parse_record(record_json(record))), record_json(record));
    EXPECT_EQ(parse_record(record_json(record)).measurement.get("a"), "=2");
    EXPECT_EQ(record.measurement.get("absent"), "");
    for (const char* const wrong : {"", "{}", "{\"study_uid\": 3}", "[1, 2"}) {
        EXPECT_THROW(parse_record(wrong), Error) << wrong;
    }
}

TEST(StudyRequest, ReadsBackAsItWasWritten) {
    const StudyRequest request{.study_uid = "1.2",
                               .fingerprints = {.inputs = "in", .options = ""},
                               .files = {"/a b/\xfc\n", "/c%41", "/\xc3\xbc"},
                               .drawing = Drawing{.file = "/\xfc.zip",
                                                  .roi_names = "",
                                                  .reader = "anna",
                                                  .time = "then",
                                                  .sha256 = "ab"}};
    const std::string line = request_text(request);
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    const StudyRequest read = parse_request(line).value();
    EXPECT_EQ(read.study_uid, "1.2");
    EXPECT_EQ(read.fingerprints.inputs, "in");
    EXPECT_EQ(read.fingerprints.options, "");
    EXPECT_EQ(read.files, request.files);
    ASSERT_TRUE(read.drawing.has_value());
    EXPECT_EQ(read.drawing->file, "/\xfc.zip");
    EXPECT_EQ(read.drawing->reader, "anna");
    for (const char* const wrong : {"",
                                    "1.2",
                                    "[",
                                    "{}",
                                    R"({"study_uid":1,"inputs":"","options":"","files":[]})",
                                    R"({"study_uid":"","inputs":"","options":"","files":["%"]})"}) {
        EXPECT_FALSE(parse_request(wrong).has_value()) << wrong;
    }
}

TEST(StudyAnswer, ReadsBackAsItWasWritten) {
    const StudyAnswer done{
        .is_done = true, .worker_leaves = true, .processor_s = 0.25, .peak_memory_mb = 170.5};
    const StudyAnswer read = parse_answer(answer_text(done)).value();
    EXPECT_TRUE(read.is_done);
    EXPECT_TRUE(read.worker_leaves);
    EXPECT_EQ(read.processor_s, 0.25);
    EXPECT_EQ(read.peak_memory_mb, 170.5);
    const StudyAnswer stop =
        parse_answer(answer_text({.code = "usage", .message = "/\xfc:\nfull"})).value();
    EXPECT_FALSE(stop.is_done);
    EXPECT_EQ(stop.code, "usage");
    EXPECT_EQ(stop.message, "/\xfc:\nfull");
    for (const char* const wrong :
         {"", "true", R"({"is_done":true})", R"({"error":"this is no request"})", "free(): bad"}) {
        EXPECT_FALSE(parse_answer(wrong).has_value()) << wrong;
    }
}

TEST(OpenLedger, MakesADamagedOneAgainFromTheRecords) {
    const TemporaryFolder folder;
    {
        const OpenedLedger opened = open_ledger(folder.path());
        EXPECT_EQ(opened.warning, "");
        for (const char* const study_uid : {"1.1", "1.2"}) {
            keep(folder.path(), sample_record(study_uid));
            opened.ledger->store(ledger_entry(sample_record(study_uid)));
        }
    }
    make_output_folder(folder.path() / "half");
    write_file(folder.path() / "half" / "record.json", "{\"study_uid\": \"1.3\"");
    std::ofstream(folder.path() / "ledger.sqlite") << "power cut, and a long line of nothing";
    const OpenedLedger opened = open_ledger(folder.path());
    EXPECT_NE(opened.warning.find("records of 2 studies"), std::string::npos) << opened.warning;
    EXPECT_TRUE(fs::exists(folder.path() / "ledger.damaged-1.sqlite"));
    EXPECT_EQ(opened.ledger->entry("1.2").value().record, record_json(sample_record("1.2")));
    EXPECT_EQ(opened.ledger->state("1.1").value().options, "opt");
    EXPECT_FALSE(opened.ledger->state("1.3").has_value());
}

TEST(OpenLedger, MakesAMissingOneAgainFromTheRecords) {
    const TemporaryFolder folder;
    keep(folder.path(), sample_record("1.1"));
    const OpenedLedger opened = open_ledger(folder.path());
    EXPECT_NE(opened.warning.find("was missing"), std::string::npos) << opened.warning;
    EXPECT_TRUE(opened.ledger->state("1.1").has_value());
}

// A file of no bytes is what a full disk or a careless copy leaves; SQLite takes it for new.
TEST(OpenLedger, MakesAnEmptyOneAgainFromTheRecords) {
    const TemporaryFolder folder;
    keep(folder.path(), sample_record("1.1"));
    std::ofstream(folder.path() / "ledger.sqlite").close();
    const OpenedLedger opened = open_ledger(folder.path());
    EXPECT_NE(opened.warning.find("was empty"), std::string::npos) << opened.warning;
    EXPECT_TRUE(opened.ledger->state("1.1").has_value());
}

TEST(OpenLedger, MakesOneWithoutATableAgain) {
    const TemporaryFolder folder;
    { const OpenedLedger opened = open_ledger(folder.path()); }
    keep(folder.path(), sample_record("1.1"));
    SQLite::Database(folder.path() / "ledger.sqlite", SQLite::OPEN_READWRITE)
        .exec("DROP TABLE studies");
    const OpenedLedger opened = open_ledger(folder.path());
    EXPECT_NE(opened.warning.find("ledger.damaged-1.sqlite"), std::string::npos) << opened.warning;
    EXPECT_TRUE(opened.ledger->state("1.1").has_value());
}

// Killed in the middle, it must not be taken for whole by the next run.
TEST(OpenLedger, BeginsAnewWhereMakingOneWasCutOff) {
    const TemporaryFolder folder;
    {
        Ledger half(folder.path() / "ledger.making.sqlite", Ledger::Access::write);
        half.store(ledger_entry(sample_record("1.1")));
    }
    keep(folder.path(), sample_record("1.1"));
    keep(folder.path(), sample_record("1.2"));
    const OpenedLedger opened = open_ledger(folder.path());
    EXPECT_TRUE(opened.ledger->state("1.1").has_value());
    EXPECT_TRUE(opened.ledger->state("1.2").has_value());
    EXPECT_FALSE(fs::exists(folder.path() / "ledger.making.sqlite"));
}

TEST(OpenLedger, SaysWhatItCouldNotTakeOver) {
    const TemporaryFolder folder;
    keep(folder.path(), sample_record("1.1"));
    make_output_folder(folder.path() / "half");
    write_file(folder.path() / "half" / "record.json", "{");
    // As lost+found, which nobody but root can enter; root is stopped by a link to itself.
    make_output_folder(folder.path() / "loop");
    fs::create_symlink("record.json", folder.path() / "loop" / "record.json");
    const OpenedLedger opened = open_ledger(folder.path());
    EXPECT_NE(opened.warning.find("1 records are damaged"), std::string::npos) << opened.warning;
    EXPECT_NE(opened.warning.find("1 folders cannot be read"), std::string::npos) << opened.warning;
    EXPECT_TRUE(opened.ledger->state("1.1").has_value());
}

TEST(OpenLedger, GivesOldFoldersTheirNewNames) {
    const TemporaryFolder folder;
    const StudyRecord record = sample_record("1.1");
    const fs::path old = folder.path() / short_hash("1.1");
    make_output_folder(old);
    write_file(old / "record.json", record_json(record));
    write_file(old / "overlay.png", "picture");
    const fs::path stranger = folder.path() / short_hash("1.2");
    make_output_folder(stranger);
    write_file(stranger / "record.json", record_json(record));
    const OpenedLedger opened = open_ledger(folder.path());
    EXPECT_FALSE(fs::exists(old));
    EXPECT_TRUE(fs::exists(record_path(folder.path(), "1.1").parent_path() / "overlay.png"));
    EXPECT_TRUE(fs::exists(stranger)) << "its name is not that of its record";
}

}  // namespace
}  // namespace paraspinal
