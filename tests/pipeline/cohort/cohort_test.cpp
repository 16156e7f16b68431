// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "pipeline/cohort/cohort_models.h"
#include "pipeline/cohort/compare_groups.h"
#include "pipeline/cohort/regression_table.h"
#include "pipeline/cohort/roc_table.h"
#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

CohortTable reference_cohort(const std::string& name) {
    return read_cohort(testing::source_folder() / "tests" / "risk" / "reference" / name);
}

std::vector<std::string> row_of(const TextTable& table, const std::string& variable) {
    for (const std::vector<std::string>& row : table.rows) {
        if (row.front() == variable) {
            return row;
        }
    }
    ADD_FAILURE() << "no row " << variable;
    return std::vector<std::string>(table.columns.size());
}

// Counts, percentages and moments of Reyhani Yassavoly et al. 2025, Table 2; P values as the audit
// recomputes them.
TEST(Cohort, ReproducesTheBraceTableOfTheKyphoplastyPaper) {
    const TextTable table = compare_cohort(
        reference_cohort("kyphoplasty251.csv"),
        {.by = "brace", .number_test = NumberTest::student, .class_test = ClassTest::pearson});
    EXPECT_EQ(table.columns[1], "yes (n = 31)");
    EXPECT_EQ(table.columns[2], "no (n = 220)");
    const auto age = row_of(table, "age_years");
    EXPECT_EQ(age[1], "74.90 ± 5.60");
    EXPECT_EQ(age[2], "73.10 ± 6.40");
    EXPECT_EQ(age[5], "0.138");
    EXPECT_EQ(row_of(table, "male (yes)")[1], "9 (29.0 %)");
    EXPECT_EQ(row_of(table, "male (yes)")[2], "59 (26.8 %)");
    EXPECT_EQ(row_of(table, "adjacent_fracture (yes)")[2], "17 (7.7 %)");
    const auto remote = row_of(table, "remote_fracture (yes)");
    EXPECT_EQ(remote[1], "0 (0.0 %)");
    EXPECT_EQ(remote[2], "9 (4.1 %)");
    EXPECT_EQ(remote[5], "0.251");
    EXPECT_EQ(row_of(table, "- two")[1], "12 (38.7 %)");
}

// Table 3 of the same article.
TEST(Cohort, ReproducesTheLeakageTableOfTheKyphoplastyPaper) {
    const TextTable table =
        compare_cohort(reference_cohort("kyphoplasty251.csv"),
                       {.by = "leakage_type",
                        .groups = {"spike", "round"},
                        .columns = {"age_years", "adjacent_fracture", "levels"}});
    EXPECT_EQ(row_of(table, "age_years")[1], "78.40 ± 6.80");
    EXPECT_EQ(row_of(table, "age_years")[4], "Mann-Whitney U");
    const auto adjacent = row_of(table, "adjacent_fracture (yes)");
    EXPECT_EQ(adjacent[1], "7 (77.8 %)");
    EXPECT_EQ(adjacent[2], "0 (0.0 %)");
    EXPECT_EQ(adjacent[4], "Fisher exact");
    EXPECT_EQ(adjacent[5], "0.109");
}

TEST(SplitList, TakesTheNamesBetweenCommas) {
    EXPECT_EQ(split_list(" csa_cm2, fdr pct ,,"), (std::vector<std::string>{"csa_cm2", "fdr pct"}));
    EXPECT_TRUE(split_list(" , ").empty());
    EXPECT_EQ(split_list("a,\"b, of L3\" ,c"), (std::vector<std::string>{"a", "b, of L3", "c"}));
    EXPECT_EQ(split_list("<&\">,b"), (std::vector<std::string>{"<&\">", "b"}));
}

TEST(Cohort, ComparisonNeedsTwoGroupsAndNamesThoseThereAre) {
    try {
        compare_cohort(reference_cohort("kyphoplasty251.csv"),
                       {.by = "leakage_type", .groups = {"round"}});
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        EXPECT_STREQ(error.what(),
                     "a comparison needs two groups, or a few; name them with --groups A,B out of: "
                     "none, round, spike");
    }
}

TEST(Cohort, LogisticTableWarnsOfFewEventsAndSeparation) {
    const LogisticTables tables = logistic_cohort(
        reference_cohort("endometrial.csv"), {.outcome = "HG", .predictors = {"NV", "PI", "EH"}});
    ASSERT_EQ(tables.warnings.size(), 1U);
    EXPECT_TRUE(tables.warnings[0].starts_with("SEPARATION"));
    const LogisticTables firth =
        logistic_cohort(reference_cohort("endometrial.csv"),
                        {.outcome = "HG", .predictors = {"NV", "PI", "EH"}, .firth = true});
    EXPECT_TRUE(firth.warnings.empty());
    EXPECT_EQ(row_of(firth.table, "NV")[3], "2.929");
}

TEST(Cohort, RocTableTurnsFactorsRound) {
    const CohortTable cohort = reference_cohort("cohort250.csv");
    const RocOptions options{.factors = {"csa_cm2"}};
    const TextTable table = roc_table(cohort, roc_cohort(cohort, options), options);
    EXPECT_TRUE(row_of(table, "csa_cm2")[3].starts_with("< 31.34 ["));
}

TEST(Cohort, CompleteCasesAreCounted) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "c.csv";
    std::ofstream(file) << "new_fracture,age_years\nyes,70\nno,\n,71\nno,72\n";
    const CompleteCases cases = complete_cases(read_cohort(file), "new_fracture", {"age_years"});
    EXPECT_EQ(cases.left_out, 2U);
    EXPECT_EQ(cases.rows, (std::vector<std::size_t>{0, 3}));
    EXPECT_EQ(cases.events, 1U);
    EXPECT_THROW(complete_cases(read_cohort(file), "age_years", {"age_years"}), Error);
}

TEST(TextTable, FitsATerminalOfEightyColumns) {
    const TextTable table{.columns = {"name", "text"},
                          .rows = {{"a", std::string(200, 'x')}, {"b", "word word"}}};
    std::istringstream stream(terminal_text(table));
    for (std::string line; std::getline(stream, line);) {
        EXPECT_LE(line.size(), 80U);
    }
}

TEST(TextTable, EscapesWhatEachFormatMeansOtherwise) {
    const TextTable table{.columns = {"a|b"}, .rows = {{"<1 & 2"}}};
    EXPECT_NE(markdown_text(table).find("a\\|b"), std::string::npos);
    EXPECT_NE(html_text(table, "T").find("&lt;1 &amp; 2"), std::string::npos);
    EXPECT_THROW(formatted(table, "pdf", "T"), Error);
}

}  // namespace
}  // namespace paraspinal
