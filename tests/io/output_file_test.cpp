// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/output_file.h"

#include "core/error.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace paraspinal {
namespace {

using testing::refusal;

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::ptrdiff_t entries_in(const fs::path& folder) {
    return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

TEST(OutputFile, HoldsExactlyWhatWasWritten) {
    const testing::TemporaryFolder folder;
    const std::string content("a\0b\r\n", 5);
    write_file(folder.path() / "a.csv", content);
    EXPECT_EQ(content_of(folder.path() / "a.csv"), content);
    EXPECT_EQ(entries_in(folder.path()), 1);
}

TEST(OutputFile, ReplacesAnOlderFile) {
    const testing::TemporaryFolder folder;
    write_file(folder.path() / "a.csv", "a long old content");
    write_file(folder.path() / "a.csv", "new");
    EXPECT_EQ(content_of(folder.path() / "a.csv"), "new");
}

TEST(OutputFile, FailureLeavesTheOldFileAndNoOther) {
    const testing::TemporaryFolder folder;
    const fs::path file = folder.path() / "a.nii.gz";
    write_file(file, "old");
    EXPECT_THROW(write_file_with(file,
                                 [](const fs::path& partial) {
                                     std::ofstream(partial) << "half";
                                     throw std::runtime_error("stopped");
                                 }),
                 std::runtime_error);
    EXPECT_EQ(content_of(file), "old");
    EXPECT_EQ(entries_in(folder.path()), 1);
}

TEST(OutputFile, SweepsWhatKilledProcessesLeft) {
    const testing::TemporaryFolder folder;
    const fs::path dead = folder.path() / ".partial-999999999-a.csv";
    const fs::path running = folder.path() / (".partial-" + std::to_string(getppid()) + "-b.csv");
    for (const fs::path& file : {dead, running, folder.path() / "c.csv"}) {
        std::ofstream(file) << "x";
    }
    remove_unfinished_files(folder.path());
    EXPECT_FALSE(fs::exists(dead));
    EXPECT_TRUE(fs::exists(running)) << "another process writes it";
    EXPECT_TRUE(fs::exists(folder.path() / "c.csv"));
}

TEST(OutputFile, TheTemporaryNameKeepsTheExtensions) {
    const testing::TemporaryFolder folder;
    fs::path seen;
    write_file_with(folder.path() / "a.nii.gz", [&seen](const fs::path& partial) {
        seen = partial;
        std::ofstream(partial) << "x";
    });
    EXPECT_TRUE(seen.filename().string().ends_with(".nii.gz")) << seen;
    EXPECT_EQ(seen.parent_path(), folder.path());
}

TEST(OutputFile, RefusesAFolderThatIsMissing) {
    const testing::TemporaryFolder folder;
    EXPECT_EQ(refusal([&] { write_file(folder.path() / "none" / "a.csv", "x"); }),
              ErrorCode::output_not_writable);
}

// A limit on the size of files stands for a full disk: the write starts, then fails.
TEST(OutputFile, FailureInTheMiddleLeavesNothing) {
    const testing::TemporaryFolder folder;
    rlimit before{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto on_signal = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{.rlim_cur = 4096, .rlim_max = before.rlim_max};
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto code =
        refusal([&] { write_file(folder.path() / "a.csv", std::string(1'000'000, 'x')); });
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, on_signal);
    EXPECT_EQ(code, ErrorCode::output_not_writable);
    EXPECT_EQ(entries_in(folder.path()), 0);
}

TEST(OutputFile, RefusesAFolderWithoutPermission) {
    if (geteuid() == 0) {
        GTEST_SKIP() << "root may write everywhere";
    }
    const testing::TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(refusal([&] { write_file(folder.path() / "a.csv", "x"); }),
              ErrorCode::output_not_writable);
    fs::permissions(folder.path(), fs::perms::owner_all);
}

TEST(OutputFolder, IsMadeWithItsParents) {
    const testing::TemporaryFolder folder;
    make_output_folder(folder.path() / "a" / "b");
    make_output_folder(folder.path() / "a" / "b");
    EXPECT_TRUE(fs::is_directory(folder.path() / "a" / "b"));
}

TEST(OutputFolder, RefusesAFileOfThatName) {
    const testing::TemporaryFolder folder;
    write_file(folder.path() / "a", "x");
    EXPECT_EQ(refusal([&] { make_output_folder(folder.path() / "a"); }),
              ErrorCode::output_not_writable);
    EXPECT_EQ(refusal([&] { make_output_folder(folder.path() / "a" / "b"); }),
              ErrorCode::output_not_writable);
}

}  // namespace
}  // namespace paraspinal
