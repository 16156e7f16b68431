// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pull/pull_list.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace paraspinal {
namespace {

PullList list_of(const std::string& text) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "list.csv";
    std::ofstream(file, std::ios::binary) << text;
    return read_pull_list(file);
}

TEST(PullList, TakesTheColumnOfAccessionNumbersByAnyOfItsNames) {
    for (const char* name :
         {"accession_number", "Accession Number", "AccessionNumber", "accession"}) {
        const PullList list = list_of("age;" + std::string(name) + ";study_uid\n61;A1;1.2\n");
        EXPECT_EQ(list.key, ArchiveKey::accession_number) << name;
        EXPECT_EQ(list.values, std::vector<std::string>{"A1"}) << name;
    }
}

TEST(PullList, FallsBackToStudyUids) {
    const PullList list = list_of("StudyInstanceUID\n1.2.3\n");
    EXPECT_EQ(list.key, ArchiveKey::study_uid);
    EXPECT_EQ(list.values, std::vector<std::string>{"1.2.3"});
}

TEST(PullList, KeepsTheOrderAndCountsWhatIsNoRow) {
    const PullList list = list_of("accession_number,age\r\n0007,1\r\n 12 ,2\r\n,3\r\n0007,4\r\n");
    EXPECT_EQ(list.values, (std::vector<std::string>{"0007", "12"}));
    EXPECT_EQ(list.repeated_lines, 1U);
    EXPECT_EQ(list.empty_lines, 1U);
}

TEST(PullList, NamesTheColumnsItLookedFor) {
    try {
        list_of("patient\nP1\n");
        FAIL() << "nothing thrown";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed_file);
        EXPECT_NE(std::string(error.what()).find("accession_number nor study_uid"),
                  std::string::npos);
    }
}

}  // namespace
}  // namespace paraspinal
