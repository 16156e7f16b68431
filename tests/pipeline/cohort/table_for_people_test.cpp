// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/table_for_people.h"

#include "io/tables/read_xlsx.h"
#include "io/tables/write_xlsx.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Texts = std::vector<std::string>;

CohortTable cohort() {
    CohortTable table;
    table.columns = {
        {.name = "age_years", .header = "Age", .unit = "years"},
        {.name = "csa_cm2", .header = "csa_cm2", .unit = "cm²"},
        {.name = "csa_cm2_left", .header = "csa_cm2_left", .label = "Left side", .unit = "cm²"},
        {.name = "diabetes", .header = "DM"},
        {.name = "Kreatinin (mg/dL)", .header = "Kreatinin (mg/dL)"}};
    return table;
}

TEST(TableForPeople, HasLabelsUnitsAndWhatAbbreviationsMean) {
    const TextTable table = table_for_people({.columns = {"variable", "a", "effect (95 % CI)"},
                                              .rows = {{"age_years", "75.64 ± 8.01", "MD 4.40"},
                                                       {"diabetes (yes)", "2 (5.0 %)", "OR 2.0"},
                                                       {"csa_cm2_left", "", ""},
                                                       {"csa_cm2", "", ""},
                                                       {"Kreatinin (mg/dL)", "", ""},
                                                       {"- two", "", ""}},
                                              .notes = {"age_years: 3 patients are missing"}},
                                             cohort());
    Texts first;
    for (const Texts& row : table.rows) {
        first.push_back(row.front());
    }
    EXPECT_EQ(first,
              (Texts{"Age (years)",
                     "Diabetes (yes)",
                     "Left side (cm²)",
                     "CSA (cm²)",
                     "Kreatinin (mg/dL)",
                     "- two"}));
    EXPECT_EQ(table.notes,
              (Texts{"Age (years): 3 patients are missing",
                     "mean ± standard deviation; MD: mean difference; OR: odds ratio; CI: "
                     "confidence interval; CSA: area of multifidus and erector spinae of both "
                     "sides."}));
}

TEST(TableForPeople, NamesOfGroupsAndClassesAreNoAbbreviations) {
    const TextTable table = table_for_people(
        {.columns = {"variable", "OR (n = 2)", "MD (n = 3)"},
         .rows = {{"diabetes (yes)", "1 (50.0 %)", ""}, {"- VAS", "1 (50.0 %)", "V"}},
         .notes = {}},
        cohort());
    EXPECT_EQ(table.notes, Texts());
}

TEST(TableForPeople, SaysWhenRowsAreOfFewerPatients) {
    const auto notes = [](const Texts& ids) {
        CohortTable repeated{.patients = ids.size()};
        repeated.columns = {{.name = "patient_id", .header = "MRN", .texts = ids}};
        return table_for_people({.columns = {"variable"}, .rows = {}, .notes = {}}, repeated).notes;
    };
    EXPECT_EQ(notes({"A", "B", "", ""}), Texts()) << "no ID says nothing";
    ASSERT_EQ(notes({"A", "B", "A", ""}).size(), 1U);
    EXPECT_TRUE(notes({"A", "B", "A", ""})[0].starts_with("3 rows are of 2 patients"));
}

TEST(WriteXlsx, IsReadBackAndTheSameEveryTime) {
    const testing::TemporaryFolder folder;
    const XlsxTable table{.title = "",
                          .columns = {"variable", "P"},
                          .rows = {{"Age (years)", "0.650"}, {"=HYPERLINK(1)", "<0.001"}},
                          .notes = {}};
    write_xlsx(folder.path() / "a.xlsx", table);
    write_xlsx(folder.path() / "b.xlsx", table);
    const TableRows read = read_xlsx(folder.path() / "a.xlsx");
    EXPECT_EQ(read.columns, table.columns);
    EXPECT_EQ(read.rows, table.rows);
    const auto bytes = [&](const char* name) {
        std::ifstream stream(folder.path() / name, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(stream), {});
    };
    EXPECT_EQ(bytes("a.xlsx"), bytes("b.xlsx"));
}

TEST(LatexText, EscapesWhatLatexMeansOtherwise) {
    const std::string text =
        latex_text({.columns = {"a_b", "P"}, .rows = {{"50 % & more", "<0.001"}, {"", "1"}}}, "T");
    EXPECT_NE(text.find("a\\_b & P \\\\\n"), std::string::npos) << text;
    EXPECT_NE(text.find("50 \\% \\& more & $<$0.001 \\\\\n"), std::string::npos) << text;
    EXPECT_NE(text.find("\n & 1 \\\\\n"), std::string::npos) << text;
}

}  // namespace
}  // namespace paraspinal
