// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/walk_inputs.h"

#include "core/error.h"
#include "io/find_studies.h"
#include "io/nifti/scan.h"
#include "io/nifti/write_volume.h"
#include "io/output_file.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/batch/progress_text.h"
#include "pipeline/batch/study_request.h"
#include "tests/pipeline/batch/fake_worker.h"
#include "tests/support/dicom_phantom.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;
using testing::TemporaryFolder;

// One row for one file, whatever the version that measured it first called it.
TEST(WalkInputs, GoesOnWithTheOldNameOfANiftiStudy) {
    const TemporaryFolder folder;
    const auto write = [&folder](const char* name) {
        fs::path file = folder.path() / name;
        write_nifti_mask(file,
                         Mask({.rows = 40, .cols = 40}),
                         {.spacing = {.row_mm = 1, .col_mm = 1}, .plane = {}});
        return file;
    };
    const fs::path known = write("known.nii.gz");
    const fs::path later = write("later.nii.gz");
    const std::string old = old_nifti_study_uid(known);
    const fs::path out = folder.path() / "out";
    make_output_folder(record_path(out, old).parent_path());
    write_file(record_path(out, old), record_json({.study_uid = old, .status = "ok"}));
    const OpenedLedger opened = open_ledger(out);
    walk_inputs(*opened.ledger, {folder.path()}, out, read_header, [](const auto&) {});
    std::vector<std::string> found;
    opened.ledger->for_each_study(
        [&found](const std::string& uid, const auto&) { found.push_back(uid); });
    EXPECT_EQ(std::set(found.begin(), found.end()), (std::set{old, nifti_study_uid(later)}));
    const Study read = read_study(old, {known});
    EXPECT_EQ(read.study_uid, old);
    EXPECT_EQ(read.series.front().series_uid, old + ".1");
    EXPECT_EQ(read_study(nifti_study_uid(later), {later}).study_uid, nifti_study_uid(later));
}

// Files of two studies mixed in one folder, one study in two folders, and what is no study.
TEST(WalkInputs, GroupsFilesByStudyWhereverTheyLie) {
    const TemporaryFolder folder;
    const fs::path root = folder.path();
    fs::create_directories(root / "x" / "y");
    fs::create_directories(root / "out" / "study");
    const auto write = [&root](const char* name, const char* study_uid, int instance) {
        testing::write_dicom(root / name, {.study_uid = study_uid, .instance_number = instance});
    };
    write("a", "1.1", 1);
    write("b", "1.2", 2);
    write("x/y/c", "1.1", 3);
    write("out/study/old", "1.9", 4);
    std::ofstream(root / "notes.txt") << "no image";
    const OpenedLedger opened = open_ledger(root / "out");
    const auto silent = [](const WalkCount&) {};
    const WalkCount first = walk_inputs(*opened.ledger, {root}, root / "out", read_header, silent);
    EXPECT_EQ(first.files, 4);
    EXPECT_EQ(first.opened, 4);
    EXPECT_EQ(first.skipped, 1);
    std::vector<std::string> found;
    opened.ledger->for_each_study(
        [&](const std::string& study_uid, const std::vector<LedgerFile>& files) {
            found.push_back(study_uid);
            for (const LedgerFile& file : files) {
                found.push_back(file.path.filename().string());
            }
        });
    EXPECT_EQ(found, (std::vector<std::string>{"1.1", "a", "c", "1.2", "b"}));
    const WalkCount second = walk_inputs(*opened.ledger, {root}, root / "out", read_header, silent);
    EXPECT_EQ(second.files, 4);
    EXPECT_EQ(second.opened, 0) << "no header is read twice";
    EXPECT_THROW(walk_inputs(*opened.ledger, {root / "absent"}, root / "out", read_header, silent),
                 Error);
}

// One file takes the process that reads it down, others hang it or make it talk nonsense.
TEST(WalkInputs, LosesOnlyTheFileThatCrashesTheReader) {
    const std::string identity =
        R"({"study_uid":"1.2","patient_id":"P7","person":"","accession_number":""})";
    const TemporaryFolder folder;
    const fs::path root = folder.path() / "in";
    fs::create_directories(root);
    for (const char* name : {"a", "crash", "hang", "odd", "z"}) {
        std::ofstream(root / name) << "any content";
    }
    HeaderReader reader({.program = testing::fake_worker(folder.path(),
                                                         "case $request in\n"
                                                         "*/crash*) kill -SEGV $$ ;;\n"
                                                         "*/hang*) sleep 60 ;;\n"
                                                         "*/odd*) echo '1.2 P7' >&0 ;;\n"
                                                         "*) echo '" +
                                                             identity +
                                                             "' >&0 ;;\n"
                                                             "esac"),
                         .arguments = {},
                         .timeout = std::chrono::milliseconds(1000)});
    const OpenedLedger opened = open_ledger(folder.path());
    const WalkCount count = walk_inputs(
        *opened.ledger,
        {root},
        folder.path() / "out",
        [&reader](const fs::path& file) { return reader.read(file); },
        [](const WalkCount&) {});
    EXPECT_EQ(count.opened, 5);
    EXPECT_EQ(opened.ledger->files_of("1.2").size(), 2U);
    std::vector<std::string> skipped;
    opened.ledger->for_each_skipped([&skipped](const Ledger::SkippedEntry& entry) {
        skipped.push_back(fs::path(entry.path).filename().string() + " " + entry.code);
    });
    EXPECT_EQ(skipped, (std::vector<std::string>{"crash crashed", "hang timeout", "odd internal"}));
    EXPECT_EQ(opened.ledger->count_unread(), 3);
    EXPECT_EQ(reader.read(root / "a").identity.patient_id, "P7");
}

// Its process is killed while it reads, as by the system when memory runs out, but not the file's.
TEST(WalkInputs, ReadsAgainWhereTheReaderWasKilled) {
    const TemporaryFolder folder;
    make_output_folder(folder.path() / "in");
    write_file(folder.path() / "in" / "a", "any content");
    const OpenedLedger opened = open_ledger(folder.path());
    int asked = 0;
    walk_inputs(
        *opened.ledger,
        {folder.path() / "in"},
        {},
        [&asked](const fs::path&) -> HeaderAnswer {
            return ++asked == 1 ? HeaderAnswer{.identity = {}, .skip_code = "out_of_memory"}
                                : HeaderAnswer{.identity = {.study_uid = "1.2"}};
        },
        [](const WalkCount&) {});
    EXPECT_EQ(asked, 2);
    EXPECT_EQ(opened.ledger->files_of("1.2").size(), 1U);
}

TEST(ProgressText, SaysHowFarAndHowLong) {
    EXPECT_EQ(progress_text({.total = 3000, .done = 0, .failed = 0}, 0),
              "0/3000 studies, 0 failed");
    EXPECT_EQ(progress_text({.total = 3000, .done = 500, .failed = 3}, 250),
              "500/3000 studies, 3 failed, 2.00/s, 21 min left");
    EXPECT_EQ(duration_text(8.2), "8 s");
    EXPECT_EQ(duration_text(18600), "5 h 10 min");
}

}  // namespace
}  // namespace paraspinal
