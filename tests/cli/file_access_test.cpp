// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Whom the files are open to that tell about patients.
#include "tests/cli/run_program.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <sys/stat.h>
#include <vector>

namespace paraspinal::testing {
namespace {

namespace fs = std::filesystem;

// Expects of all below `folder`, and of itself, the rights of files; of folders, with passage.
void expect_access(const fs::path& folder, fs::perms of_files, fs::perms of_folders) {
    std::vector<fs::path> all{folder};
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder)) {
        all.push_back(entry.path());
    }
    EXPECT_GT(all.size(), 3U);
    for (const fs::path& path : all) {
        EXPECT_EQ(fs::status(path).permissions(), fs::is_directory(path) ? of_folders : of_files)
            << path;
    }
}

// `batch` writes by worker processes, `measure` and `export` by itself.
void expect_access_of_all(const std::vector<std::string>& options,
                          fs::perms of_files,
                          fs::perms of_folders) {
    const TemporaryFolder folder;
    const fs::path sample = source_folder() / "sample_dicom/patient_a/BAC5/5770DBA4";
    for (const char* const command : {"measure", "batch", "export"}) {
        const fs::path out = folder.path() / command;
        std::vector<std::string> arguments{command, sample, "-o", out};
        if (command == std::string("export")) {
            arguments = {command, folder.path() / "batch", "-o", out / "table.csv"};
        }
        arguments.insert(arguments.end(), options.begin(), options.end());
        const ProgramRun run = run_paraspinal(arguments);
        EXPECT_EQ(run.exit_code, 0) << run.err;
        expect_access(out, of_files, of_folders);
    }
}

constexpr fs::perms kOwner = fs::perms::owner_read | fs::perms::owner_write;

TEST(FileAccess, IsTheOwnersAlone) {
    const mode_t before = umask(S_IWGRP | S_IWOTH);  // As on most machines: all may read.
    expect_access_of_all({}, kOwner, fs::perms::owner_all);
    umask(before);
}

TEST(FileAccess, IsGivenToTheGroupWhenAskedFor) {
    const mode_t before = umask(S_IRWXG | S_IRWXO);
    expect_access_of_all({"--group-readable"},
                         kOwner | fs::perms::group_read,
                         fs::perms::owner_all | fs::perms::group_read | fs::perms::group_exec);
    umask(before);
}

}  // namespace
}  // namespace paraspinal::testing
