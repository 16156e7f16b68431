// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/received_files.h"

#include "pipeline/batch/run_batch.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

class ReceivedFilesTest : public ::testing::Test {
  protected:
    ReceivedFilesTest() : ledger_(folder_.path() / "ledger.sqlite", Ledger::Access::write) {}

    // A study of one file that came so long ago.
    fs::path receive(const std::string& study_uid, hours age) {
        fs::path file = folder_.path() / study_uid / "1.dcm";
        fs::create_directory(file.parent_path());
        std::ofstream(file) << study_uid;
        fs::last_write_time(file, fs::file_time_type::clock::now() - age);
        return file;
    }
    void walk(const std::vector<fs::path>& files) {
        ledger_.begin_walk();
        for (const fs::path& file : files) {
            ledger_.put_file({.path = file}, {.study_uid = file.parent_path().filename().string()});
        }
        ledger_.end_walk();
    }
    void finish(const std::string& study_uid) {
        ledger_.store({.study_uid = study_uid,
                       .status = "ok",
                       .inputs = inputs_fingerprint(ledger_.files_of(study_uid))});
    }
    [[nodiscard]] const Ledger& ledger() const { return ledger_; }

  private:
    TemporaryFolder folder_;
    Ledger ledger_;
};

TEST_F(ReceivedFilesTest, AreDeletedWhenTheyAreOldAndDone) {
    const fs::path old_done = receive("1.1", hours(100));
    const fs::path old_waiting = receive("1.2", hours(100));
    const fs::path young_done = receive("1.3", hours(1));
    walk({old_done, old_waiting, young_done});
    finish("1.1");
    finish("1.3");
    EXPECT_EQ(delete_old_files(ledger(), hours(24)), 1);
    EXPECT_FALSE(fs::exists(old_done.parent_path()));
    EXPECT_TRUE(fs::exists(old_waiting));
    EXPECT_TRUE(fs::exists(young_done));
}

TEST_F(ReceivedFilesTest, StayWhenMoreHasComeSince) {
    const fs::path file = receive("1.1", hours(100));
    walk({file});
    finish("1.1");
    const fs::path late = file.parent_path() / "2.dcm";
    std::ofstream(late) << "late";
    EXPECT_EQ(delete_old_files(ledger(), hours(24)), 0) << "not seen by the walk";
    EXPECT_TRUE(fs::exists(file)) << "to be measured again together";
}

}  // namespace
}  // namespace paraspinal::testing
