// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/find_files.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace paraspinal {
namespace {

namespace fs = std::filesystem;

class FindFiles : public ::testing::Test {
  protected:
    fs::path make(const std::string& name) {
        const fs::path file = root() / name;
        fs::create_directories(file.parent_path());
        std::ofstream(file) << name;
        return file;
    }
    [[nodiscard]] const fs::path& root() const { return folder_.path(); }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(FindFiles, WalksToTheBottomInSortedOrder) {
    const std::vector<fs::path> expected{make("a/2"), make("a/b/c/1"), make("z")};
    EXPECT_EQ(find_files({root()}).files, expected);
}

TEST_F(FindFiles, VisitsOverlappingPathsOnce) {
    const fs::path file = make("a/1");
    EXPECT_EQ(find_files({root(), root() / "a", file, root()}).files.size(), 1U);
}

TEST_F(FindFiles, SurvivesLinksInACircle) {
    make("a/1");
    fs::create_directory_symlink(root(), root() / "a" / "up");
    fs::create_symlink(root() / "a" / "1", root() / "b");
    EXPECT_EQ(find_files({root()}).files.size(), 1U);
}

TEST_F(FindFiles, ListsWhatCannotBeVisited) {
    make("a");
    fs::create_symlink(root() / "nowhere", root() / "dangling");
    ASSERT_EQ(mkfifo((root() / "pipe").c_str(), 0600), 0);
    const FoundFiles found = find_files({root()});
    EXPECT_EQ(found.files.size(), 1U);
    ASSERT_EQ(found.skipped.size(), 2U);
    EXPECT_EQ(found.skipped.front().code, ErrorCode::unreadable_file);
}

TEST_F(FindFiles, ListsFoldersThatMayNotBeRead) {
    if (geteuid() == 0) {
        GTEST_SKIP() << "root may read everything";
    }
    make("a/1");
    make("b/2");
    fs::permissions(root() / "a", fs::perms::none);
    const FoundFiles found = find_files({root()});
    fs::permissions(root() / "a", fs::perms::owner_all);
    EXPECT_EQ(found.files.size(), 1U);
    EXPECT_EQ(found.skipped.size(), 1U);
}

TEST_F(FindFiles, TakesADicomdirForItsFolder) {
    make("DICOMDIR");
    make("IMAGES/1");
    EXPECT_EQ(find_files({root() / "DICOMDIR"}).files.size(), 2U);
}

TEST_F(FindFiles, RefusesAPathThatDoesNotExist) {
    try {
        find_files({root(), root() / "nowhere"});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::input_not_found);
        EXPECT_NE(std::string(error.what()).find("nowhere"), std::string::npos);
    }
}

}  // namespace
}  // namespace paraspinal
