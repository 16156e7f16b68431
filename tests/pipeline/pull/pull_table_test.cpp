// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pull/pull_table.h"

#include "core/error.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>

namespace paraspinal {
namespace {

using std::filesystem::path;

class PullTable : public ::testing::Test {
  protected:
    [[nodiscard]] path file() const { return folder_.path() / "pull.csv"; }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(PullTable, IsReadBackAsItWasWritten) {
    const std::vector<PullRow> rows{
        {.value = "A1",
         .status = PullStatus::several,
         .series = 3,
         .images = 42,
         .study_uids = {"1.2", "1.3"}},
        {.value = "-A,2",
         .status = PullStatus::failed,
         .reason = "transfer_failed",
         .message = "it said \"no\", twice"},
        {.value = "+7"},
        {.value = "=1+2", .status = PullStatus::incomplete, .images = 5, .missing = 2}};
    write_pull_table(file(), ArchiveKey::accession_number, rows);
    EXPECT_EQ(pull_rows({.values = {"A1", "-A,2", "+7", "=1+2"}}, file()), rows);
}

TEST_F(PullTable, FollowsTheListWhenThatHasChanged) {
    write_pull_table(file(),
                     ArchiveKey::study_uid,
                     {{.value = "1.1", .status = PullStatus::found},
                      {.value = "1.2", .status = PullStatus::not_found}});
    const auto rows = pull_rows({.key = ArchiveKey::study_uid, .values = {"1.3", "1.2"}}, file());
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0], PullRow{.value = "1.3"});
    EXPECT_EQ(rows[1].status, PullStatus::not_found);
}

TEST_F(PullTable, RefusesATableOfSomethingElse) {
    write_pull_table(file(), ArchiveKey::study_uid, {{.value = "1.1"}});
    EXPECT_THROW(pull_rows({.values = {"A1"}}, file()), Error) << "by study UID, not accession";
    std::ofstream(file()) << "accession_number,status,reason,series,images,missing,study_uids,"
                             "message\nA1,lost,,,,,,\n";
    EXPECT_THROW(pull_rows({.values = {"A1"}}, file()), Error) << "a status nobody knows";
}

TEST_F(PullTable, SummaryCountsEveryRow) {
    EXPECT_EQ(pull_summary(ArchiveKey::accession_number,
                           {{.value = "1", .status = PullStatus::found},
                            {.value = "2", .status = PullStatus::no_mr},
                            {.value = "3", .status = PullStatus::found},
                            {.value = "4"}}),
              "4 accession numbers: 2 found, 1 without MR images, 1 not tried");
    EXPECT_EQ(pull_summary(ArchiveKey::study_uid, {{.value = "1"}}), "1 study UID: 1 not tried");
}

}  // namespace
}  // namespace paraspinal
