// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/table_layout.h"

#include "pipeline/tables/text_table.h"
#include "pipeline/tables/wrap_text.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Lines = std::vector<std::string>;

TEST(TableLayout, NumbersAreNeverBroken) {
    EXPECT_EQ(cell_lines("MD 4.38 [3.34, 5.42]", 12), (Lines{"MD 4.38", "[3.34, 5.42]"}));
    EXPECT_EQ(cell_lines("9.75 ± 2.39", 11), (Lines{"9.75 ± 2.39"}));
    EXPECT_EQ(cell_lines("no 30 (75.0 %); yes 10 (25.0 %)", 10),
              (Lines{"no 30", "(75.0 %);", "yes 10", "(25.0 %)"}));
    EXPECT_EQ(cell_lines("4.00 to 11.00", 13), (Lines{"4.00 to 11.00"}));
    EXPECT_EQ(cell_lines("effect (95 % CI)", 9), (Lines{"effect", "(95 % CI)"}));
    EXPECT_EQ(cell_lines("close to the border", 9), (Lines{"close to", "the", "border"}));
    EXPECT_EQ(cell_lines("", 9), (Lines{""}));
    EXPECT_EQ(cell_lines("2.25.1234567", 5), (Lines{"2.25.", "12345", "67"}));
}

TextTable comparison() {
    TextTable table{.columns = {"variable",
                                "new (n = 64)",
                                "none (n = 186)",
                                "effect (95 % CI)",
                                "test",
                                "P",
                                "Holm",
                                "BH"}};
    for (const char* const name : {"age_years", "hemoglobin_g_l", "anti_osteoporosis_treatment"}) {
        table.rows.push_back({name,
                              "75.64 ± 8.01",
                              "71.20 ± 6.30",
                              "MD 4.38 [3.34, 5.42]",
                              "Mann-Whitney U",
                              "<0.001",
                              "<0.001",
                              "<0.001"});
    }
    return table;
}

TEST(TableLayout, WideTablesComeInPartsWithTheirFirstColumn) {
    const TextTable table = comparison();
    std::istringstream stream(terminal_text(table));
    int headers = 0;
    for (std::string line; std::getline(stream, line);) {
        EXPECT_LE(character_count(line), 80U) << line;
        headers += line.starts_with("variable") ? 1 : 0;
    }
    EXPECT_EQ(headers, 2);
    EXPECT_NE(terminal_text(table).find("75.64 ± 8.01"), std::string::npos);
    EXPECT_NE(terminal_text(table).find("[3.34, 5.42]"), std::string::npos);
}

TEST(TableLayout, AWideTerminalShowsTheTableWhole) {
    const TextTable table = comparison();
    const std::string text = terminal_text(table, 140);
    EXPECT_NE(text.find("MD 4.38 [3.34, 5.42]  Mann-Whitney U  <0.001  <0.001  <0.001\n"),
              std::string::npos)
        << text;
}

}  // namespace
}  // namespace paraspinal
