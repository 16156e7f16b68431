// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/cohort_table.h"

#include "core/error.h"
#include "core/text.h"
#include "tests/io/xlsx_file.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

class Cohorts : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name, const std::string& content) {
        const auto path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    // A table of one column.
    CohortTable column(const std::string& name, const std::vector<std::string>& cells) {
        std::string text = "patient_id," + name + "\n";
        for (std::size_t i = 0; i < cells.size(); ++i) {
            text += "P" + std::to_string(i) + "," + cells[i] + "\n";
        }
        return read_cohort(file("one.csv", text));
    }
    ColumnKind kind(const std::string& name, const std::vector<std::string>& cells) {
        return column(name, cells).columns.at(1).kind;
    }
    static std::vector<std::string> times(std::size_t count,
                                          const std::vector<std::string>& cells) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < count; ++i) {
            all.insert(all.end(), cells.begin(), cells.end());
        }
        return all;
    }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(Cohorts, OneBoundAmongNumbersIsACellThatCannotBeRead) {
    std::vector<std::string> cells = times(4, {"1.5", "2.5", "9", "4"});
    cells.emplace_back("<0.6");
    const CohortTable cohort = column("crp", cells);
    EXPECT_EQ(cohort.columns[1].kind, ColumnKind::number);
    EXPECT_FALSE(cohort.columns[1].numbers.back().has_value());
    EXPECT_EQ(cohort.columns[1].texts.back(), "");
    ASSERT_EQ(cohort.notes.size(), 1U);
    EXPECT_EQ(cohort.notes[0],
              "a cell cannot be read: line 18, column crp: '<0.6' is no number; they count as "
              "missing");
}

TEST_F(Cohorts, WordsForMissingAreCountedAndNoClass) {
    const CohortTable cohort =
        column("crp", {"1.5", "n.a.", "missing", "#N/A", "-", "n.a.", "NA", "2.5"});
    EXPECT_EQ(cohort.columns[1].kind, ColumnKind::number);
    ASSERT_EQ(cohort.notes.size(), 1U);
    EXPECT_EQ(cohort.notes[0],
              "taken for missing values: crp 1 '#n/a', 1 '-', 1 'missing', 2 'n.a.'");
}

TEST_F(Cohorts, YesAndNoAreOneKindHoweverWritten) {
    EXPECT_EQ(kind("diabetes", {"1.0", "0.0", "0.0"}), ColumnKind::yes_no);
    EXPECT_EQ(kind("diabetes", {"Yes", "no", "TRUE", "n"}), ColumnKind::yes_no);
    const CohortTable cohort = column("grp", times(3, {"Spike", "spike", "round", "SPIKE"}));
    EXPECT_EQ(cohort.columns[1].kind, ColumnKind::categorical);
    EXPECT_EQ(cohort.columns[1].texts[1], "Spike");
    EXPECT_EQ(cohort.columns[1].texts[3], "Spike");
}

TEST_F(Cohorts, FewWholeNumbersAreAskedAbout) {
    const CohortTable wards = column("ward", times(5, {"1", "2", "3"}));
    EXPECT_TRUE(wards.columns[1].is_asked);
    EXPECT_TRUE(wards.columns[1].numbers.empty());
    EXPECT_NE(wards.notes.at(0).find("not averaged: ward;"), std::string::npos);
    EXPECT_EQ(kind("vas_pre", times(5, {"7", "8", "9"})), ColumnKind::number);
    EXPECT_EQ(kind("follow_up_months", times(5, {"6", "12"})), ColumnKind::number);
    EXPECT_EQ(kind("x", times(5, {"1", "2", "3.5"})), ColumnKind::number);
    EXPECT_EQ(kind("Number of falls", times(5, {"1", "2", "3"})), ColumnKind::number);
    EXPECT_TRUE(column("Ward number", times(5, {"1", "2", "3"})).columns[1].is_asked);
}

TEST_F(Cohorts, PeopleNeverReachATable) {
    EXPECT_EQ(kind("Surname", times(5, {"Smith", "Jones"})), ColumnKind::identifier);
    EXPECT_EQ(kind("E-mail consent", times(3, {"yes", "no"})), ColumnKind::yes_no);
    EXPECT_EQ(kind("Phone", times(3, {"1", "0", "5551"})), ColumnKind::identifier);
    EXPECT_EQ(kind("Drug name", times(5, {"Denosumab", "Alendronate"})), ColumnKind::categorical);
    EXPECT_EQ(kind("Date of Birth", {"1950-01-01", "1950-01-01"}), ColumnKind::identifier);
    EXPECT_EQ(kind("Kontakt", {"491701234567", "491701234568", "493012345"}),
              ColumnKind::identifier);
    EXPECT_EQ(kind("who", {"Smith", "Jones", "Miller"}), ColumnKind::text);
    EXPECT_EQ(kind("admitted", {"2026-01-31", "01.02.2026"}), ColumnKind::date);
    EXPECT_EQ(kind("platelets_per_ul", {"2510000", "1230000", "1980000"}), ColumnKind::number);
    const CohortTable cohort = column("who", {"Smith", "Jones", "Miller"});
    EXPECT_THROW(shown_column(cohort, "who"), Error);
    EXPECT_THROW(shown_column(cohort, "patient_id"), Error);
}

TEST_F(Cohorts, NumbersThatLeadToPeopleAreNotAveragedEvenWhenShared) {
    EXPECT_EQ(kind("x", times(2, {"01711234567", "01711234570"})), ColumnKind::identifier);
    EXPECT_EQ(kind("x", times(3, {"04109", "80331"})), ColumnKind::identifier);
    EXPECT_EQ(kind("x", {"100000", "100007", "100014"}), ColumnKind::identifier);
    EXPECT_EQ(kind("Pat.-Nr. alt", {"7", "8", "9"}), ColumnKind::identifier);
    EXPECT_EQ(kind("Contact", {"7", "8", "9.5"}), ColumnKind::identifier);
    EXPECT_EQ(kind("x", {"+49 171 086995", "0171/123456", "0171 55512"}), ColumnKind::identifier);
    EXPECT_EQ(kind("Contact sport", {"yes", "no", "yes"}), ColumnKind::yes_no);
    EXPECT_EQ(kind("Fall (no/yes)", {"yes", "no", "yes"}), ColumnKind::yes_no);
    EXPECT_EQ(kind("nt_pro_bnp", {"12044", "873", "10211"}), ColumnKind::number);
    EXPECT_EQ(kind("x", {"0.5", "0", "12345.5"}), ColumnKind::number);
}

TEST_F(Cohorts, FreeTextWithACommonWordIsNoClass) {
    for (const std::vector<std::string>& said :
         {std::vector<std::string>{"lost to follow-up", "moved to her son"},
          {"Anna Huber", "Ben Meier"}}) {
        std::vector<std::string> remarks = times(5, {"ok"});
        remarks.insert(remarks.end(), said.begin(), said.end());
        EXPECT_EQ(kind("x", remarks), ColumnKind::text) << said.front();
    }
    EXPECT_EQ(kind("x", times(5, {"ok", "Frau Meier anrufen"})), ColumnKind::identifier);
    EXPECT_EQ(kind("x", times(5, {"ok", "ok", "call 0171 1234567"})), ColumnKind::text);
    EXPECT_EQ(kind("x", times(5, {"ok", "ok", "geb. 12.03.1941"})), ColumnKind::text);
    EXPECT_EQ(kind("x", times(5, {"Dr. Huber", "Dr. Meier"})), ColumnKind::identifier);
    EXPECT_EQ(kind("review_note", times(5, {"fine", "doubtful"})), ColumnKind::text);
    EXPECT_EQ(kind("x", times(5, {std::string(61, 'x'), "short"})), ColumnKind::text);
    for (const std::vector<std::string>& classes :
         {std::vector<std::string>{"2015-2018", "2019-2021"},
          {"Zoledronat & Ca", "<none>"},
          {"Vitamin D 20000 IU", "none"},
          {"60-69", "70-79"},
          {"outline 0.6.0 (b7857c43)", "outline 0.7.0 (b7857c44)"},
          {"0.1.0", "0.2.0"},
          {"Frau", "Herr"}}) {
        EXPECT_EQ(kind("x", times(5, classes)), ColumnKind::categorical) << classes.front();
    }
}

TEST_F(Cohorts, RareClassesOfAFewPatientsAreClasses) {
    const auto with = [](std::vector<std::string> common, std::vector<std::string> rare) {
        common.insert(common.end(), rare.begin(), rare.end());
        return common;
    };
    EXPECT_EQ(
        kind("complication", with(times(17, {"none"}), {"hematoma", "infection", "embolism"})),
        ColumnKind::categorical);
    EXPECT_EQ(kind("scanner", with(times(18, {"MAGNETOM Aera"}), {"Skyra", "Signa"})),
              ColumnKind::categorical);
    EXPECT_EQ(kind("income", times(5, {"10000-20000", "20000-30000"})), ColumnKind::categorical);
    EXPECT_EQ(kind("x", {"156012", "387001", "240553", "199870"}), ColumnKind::number);
    EXPECT_EQ(kind("deformed_bodies", times(5, {"0", "1"})), ColumnKind::yes_no);
    EXPECT_EQ(kind("deformed_bodies", times(5, {"0", "1", "2"})), ColumnKind::number);
}

TEST_F(Cohorts, OneStrayWordAmongYesAndNoIsACellThatCannotBeRead) {
    std::vector<std::string> cells = times(5, {"yes", "no"});
    cells.emplace_back("jein");
    const CohortTable cohort = column("diabetes", cells);
    EXPECT_EQ(cohort.columns[1].kind, ColumnKind::yes_no);
    EXPECT_EQ(cohort.unreadable,
              "a cell cannot be read: line 12, column diabetes: 'jein' is neither yes nor no");
    cells.back() = "2";
    EXPECT_NE(kind("diabetes", cells), ColumnKind::yes_no) << "a code";
    cells = times(10, {"yes", "no"});
    cells.insert(cells.end(), {"partly", "partly"});
    EXPECT_EQ(kind("diabetes", cells), ColumnKind::categorical) << "a class";
}

TEST_F(Cohorts, DatesThatNobodyCanReadAreDates) {
    EXPECT_EQ(kind("x", times(5, {"01.03.2025", "31.02.2025"})), ColumnKind::date);
    EXPECT_EQ(kind("x", times(5, {"3/12/2019", "4/1/2020"})), ColumnKind::date);
}

TEST_F(Cohorts, ANumberThatMayHaveThousandsIsNamedAndNone) {
    const CohortTable cohort = read_cohort(file("de.csv",
                                                "patient_id;crp;pth\nA;0,5;900\nB;1,5;1.101\n"
                                                "C;2,5;1.250\nD;9,5;812\n"));
    const CohortColumn& pth = cohort_column(cohort, "pth");
    EXPECT_EQ(pth.kind, ColumnKind::number);
    EXPECT_EQ(pth.numbers[0], 900);
    EXPECT_FALSE(pth.numbers[1].has_value());
    EXPECT_EQ(cohort.unreadable,
              "2 cells cannot be read: line 3, column pth: '1.101' may be 1101 or 1.101: write it "
              "without separators of thousands; line 4, column pth: '1.250' may be 1250 or 1.250: "
              "write it without separators of thousands");
    const CohortTable points = read_cohort(file("p.csv", "patient_id;pth\nA;1.101\nB;7\nC;8\n"));
    EXPECT_EQ(points.columns[1].numbers[0], 1.101);
}

TEST_F(Cohorts, ATableOfAnotherCharacterSetIsReadAndSaysSo) {
    const CohortTable cohort = read_cohort(file("w.csv",
                                                "patient_id,gr\xF6\xDF"
                                                "e\nA,1.5\n"));
    EXPECT_EQ(cohort.columns[1].name, "größe");
    EXPECT_TRUE(cohort.notes.at(0).starts_with("the table is not UTF-8 and was read as Windows"));
}

TEST_F(Cohorts, DeclaredTypesGoBeforeGuesses) {
    const auto table = file("c.csv",
                            "MRN,ward,pain,sex\n1,1,0,1\n2,2,-9,2\n3,3,2,1\n4,1,1,2\n"
                            "5,2,1,1\n6,3,0,1\n7,1,1,1\n8,2,2,1\n9,3,x,2\n");
    const auto types = file("types.csv",
                            "column,type,unit,label,classes,missing\n"
                            "ward,classes,,Ward,1;2;3,\npain,number,points,,,-9\n");
    const CohortTable cohort = read_cohort(table, {.types = types});
    EXPECT_EQ(cohort_column(cohort, "ward").kind, ColumnKind::categorical);
    EXPECT_FALSE(cohort_column(cohort, "ward").is_asked);
    EXPECT_EQ(cohort_column(cohort, "ward").label, "Ward");
    const CohortColumn& pain = cohort_column(cohort, "pain");
    EXPECT_EQ(pain.unit, "points");
    EXPECT_FALSE(pain.numbers[1].has_value());
    EXPECT_EQ(
        cohort.notes.at(0),
        "a cell cannot be read: line 10, column pain: 'x' is no number; they count as missing");
    EXPECT_EQ(&cohort_column(cohort, "Patient ID"), &cohort.columns[0]);
    EXPECT_THROW(read_cohort(table, {.types = file("t.csv", "column,type\nwerd,number\n")}), Error);
    EXPECT_THROW(read_cohort(table, {.types = file("t.csv", "column,type\nward,real\n")}), Error);
}

TEST_F(Cohorts, AWorkbookIsATableLikeAnother) {
    const auto path = file("c.xlsx", "");
    testing::write_xlsx(path,
                        {.rows = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
                                 "<row r=\"2\"><c><v>1</v></c><c><v>70.5</v></c></row>"});
    const CohortTable cohort = read_cohort(path);
    EXPECT_EQ(cohort.patients, 1U);
    EXPECT_EQ(cohort_column(cohort, "age_years").numbers.at(0), 70.5);
    EXPECT_EQ(cohort.lines, (std::vector<std::size_t>{2}));
}

TEST_F(Cohorts, AColumnThatIsNotThereNamesItsNeighbor) {
    const CohortTable cohort = column("new_fracture", {"1", "0"});
    try {
        cohort_column(cohort, "fracture");
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        EXPECT_STREQ(error.what(),
                     "the table has no column fracture; did you mean new_fracture? It has: "
                     "patient_id, new_fracture");
    }
}

}  // namespace
}  // namespace paraspinal
