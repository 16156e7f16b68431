// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/columns/column_names.h"

#include "core/error.h"
#include "core/text.h"
#include "tests/support/shared_data.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Names = std::vector<std::string>;

std::string complaint(const Names& headers, const ColumnMap& map = {}) {
    try {
        named_columns(headers, map);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::malformed_file);
        return error.what();
    }
    return "accepted";
}

TEST(ColumnNames, CaseBlanksAndPunctuationDoNotCount) {
    for (const char* const name : {"Patient ID", "PatientID", "patient-id", "MRN", "ID"}) {
        EXPECT_EQ(known_column(name), "patient_id") << name;
    }
    EXPECT_EQ(known_column("Gender"), "sex");
    EXPECT_EQ(known_column("Age (years)"), "age_years");
    EXPECT_EQ(known_column("Hb (g/L)"), "hemoglobin_g_l");
    EXPECT_EQ(known_column("CSA (cm\u00b2)"), "csa_cm2");
}

TEST(ColumnNames, WithoutItsUnitAQuantityIsNotKnown) {
    for (const char* const name : {"Hemoglobin", "Hb (g/dL)", "PTH (pg/mL)", "Albumin", "Name"}) {
        EXPECT_EQ(known_column(name), name);
    }
}

TEST(ColumnNames, OurOwnNameGoesBeforeAnAlias) {
    EXPECT_EQ(named_columns({"MRN", "patient_id", "Age"}, {}),
              (Names{"MRN", "patient_id", "age_years"}));
    EXPECT_EQ(named_columns({"patient_sex", "Gender"}, {}), (Names{"patient_sex", "sex"}));
    EXPECT_EQ(complaint({"MRN", "Subject ID"}),
              "the columns MRN and Subject ID could both be patient_id; say with --map which of "
              "them is, or remove one");
    EXPECT_EQ(named_columns({"MRN", "Subject ID"}, {{"subject id", "patient_id"}}),
              (Names{"MRN", "patient_id"}));
}

TEST(ColumnNames, AMapThatNamesNothingIsAMistake) {
    EXPECT_EQ(complaint({"Wert"}, {{"wort", "csa_cm2"}}),
              "the map of columns names no column of the table, which has no column wort; did you "
              "mean Wert? It has: Wert");
}

TEST(ColumnNames, NearMissesAreNamed) {
    const Names columns{"patient_id", "new_fracture", "csa_cm2", "age_years"};
    EXPECT_EQ(
        no_column_text("fracture", columns),
        "has no column fracture; did you mean new_fracture? It has: patient_id, new_fracture, "
        "csa_cm2, age_years");
    EXPECT_TRUE(no_column_text("csa_cm", columns)
                    .starts_with("has no column csa_cm; did you mean csa_cm2?"));
    EXPECT_TRUE(no_column_text("agee_year", columns).find("did you mean age_years?") !=
                std::string::npos);
    EXPECT_EQ(no_column_text("brace", columns).find("did you mean"), std::string::npos);
}

TEST(ColumnNames, MapsAreReadFromATable) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "map.csv";
    std::ofstream(file) << "column,means,type\nHb,hemoglobin_g_l,number\nCRP,,number\n";
    EXPECT_EQ(read_column_map(file), (ColumnMap{{"hb", "hemoglobin_g_l"}}));
    std::ofstream(file) << "column,means\nHb,a\nHB,b\n";
    EXPECT_THROW(read_column_map(file), Error);
}

// docs/tables.md lists them all, in order.
TEST(ColumnNames, AreDocumented) {
    std::ifstream stream(testing::source_folder() / "docs" / "tables.md");
    const std::string page(std::istreambuf_iterator<char>(stream), {});
    for (const ColumnAliases& known : column_aliases()) {
        std::string row = "| `" + std::string(known.key) + "` |";
        for (std::size_t i = 0; i < known.others.size(); ++i) {
            row += (i == 0 ? " " : ", ") + std::string(known.others[i]);
        }
        EXPECT_NE(page.find(row + " |"), std::string::npos) << row;
    }
}

}  // namespace
}  // namespace paraspinal
