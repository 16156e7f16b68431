// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/listen/received_files.h"

#include "io/find_files.h"
#include "io/node/server/incoming_lock.h"
#include "pipeline/batch/run_batch.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <optional>

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
        const auto put = [this](const FileOnDisk& file) {
            ledger_.put_file(
                {.path = file.path, .size_bytes = file.size_bytes, .modified_ns = file.modified_ns},
                {.study_uid = file.path.parent_path().filename().string()});
        };
        walk_files(files, {}, {.file = put, .skipped = {}});
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

// As large as the one that was measured, and as old but for a nanosecond.
TEST_F(ReceivedFilesTest, StayWhenTheyAreNotThoseThatWereMeasured) {
    const fs::path file = receive("1.1", hours(100));
    walk({file});
    finish("1.1");
    const fs::file_time_type time = fs::last_write_time(file);
    std::ofstream(file) << "1.2";
    fs::last_write_time(file, time + std::chrono::nanoseconds(1));
    EXPECT_EQ(delete_old_files(ledger(), hours(24)), 0);
    EXPECT_TRUE(fs::exists(file));
}

TEST_F(ReceivedFilesTest, AreNotDeletedWhileAnotherIsBeingPutInItsPlace) {
    const fs::path file = receive("1.1", hours(100));
    walk({file});
    finish("1.1");
    std::optional<IncomingLock> adding(
        std::in_place, file.parent_path().parent_path(), IncomingLock::For::adding);
    std::future<std::int64_t> deleted =
        std::async(std::launch::async, [this] { return delete_old_files(ledger(), hours(24)); });
    EXPECT_EQ(deleted.wait_for(std::chrono::milliseconds(200)), std::future_status::timeout);
    EXPECT_TRUE(fs::exists(file));
    std::ofstream(file) << "new";
    adding.reset();
    EXPECT_EQ(deleted.get(), 0);
    EXPECT_TRUE(fs::exists(file));
}

}  // namespace
}  // namespace paraspinal::testing
