// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/run_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/digest.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace paraspinal {
namespace {

constexpr const char* kTable =
    "patient_id,study_uid,status\nP1,1.2.1,ok\nP2,1.2.2,flagged\nP3,1.2.3,failed\n";

void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file) << text;
}

TEST(RunTable, FindsTheFoldersOfShards) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv", kTable);
    std::filesystem::create_directories(run.path() / "shard_1");
    std::filesystem::create_directories(run.path() / "shard_2" / uid_name("1.2.2"));
    const RunTable table = read_run_table(run.path());
    EXPECT_EQ(study_folder_of(table, 0), "");
    EXPECT_EQ(study_folder_of(table, 1), "shard_2/" + uid_name("1.2.2"));
}

// Folders of before 0.2.0 have names that two studies can share.
TEST(RunTable, FindsAFolderOfTheOldNameWhereItSaysWhoseItIs) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv", kTable);
    for (const char* const study_uid : {"1.2.1", "1.2.2"}) {
        std::filesystem::create_directory(run.path() / short_hash(study_uid));
        write(run.path() / short_hash(study_uid) / "measurement.json", "{\"uid\": \"1.2.1\"}");
    }
    const RunTable table = read_run_table(run.path());
    EXPECT_EQ(study_folder_of(table, 0), short_hash("1.2.1"));
    EXPECT_EQ(study_folder_of(table, 1), "") << "another study's";
}

TEST(RunTable, AFolderWithoutMeasurementsSaysWhatMakesThem) {
    const testing::TemporaryFolder run;
    try {
        read_run_table(run.path());
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::input_not_found);
        EXPECT_NE(error.message().find("paraspinal measure"), std::string::npos);
    }
}

TEST(RunTable, AnotherTableIsRefused) {
    const testing::TemporaryFolder run;
    write(run.path() / "measurements.csv", "a,b\n1,2\n");
    try {
        read_run_table(run.path());
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed_file);
    }
}

}  // namespace
}  // namespace paraspinal
