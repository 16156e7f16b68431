// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/write_csv.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

std::string cell_text(const std::string& cell) {
    const std::string text = csv_text({"c"}, {{cell}});
    return text.substr(2, text.size() - 3);  // Without "c\n" and the last line end.
}

TEST(WriteCsv, EndsEveryLineWithALineFeed) {
    EXPECT_EQ(csv_text({"a", "b"}, {{"1", ""}, {"", "x y"}}), "a,b\n1,\n,x y\n");
    EXPECT_EQ(csv_text({"a"}, {}), "a\n");
}

TEST(WriteCsv, QuotesWhatWouldBreakTheLine) {
    EXPECT_EQ(cell_text("a,b"), "\"a,b\"");
    EXPECT_EQ(cell_text("say \"x\""), "\"say \"\"x\"\"\"");
    EXPECT_EQ(cell_text("two\nlines"), "\"two\nlines\"");
    EXPECT_EQ(cell_text("a\rb"), "\"a\rb\"");
    EXPECT_EQ(cell_text("Müller; 1 µm"), "Müller; 1 µm");
}

TEST(WriteCsv, DisarmsFormulas) {
    EXPECT_EQ(cell_text("=1+1"), "'=1+1");
    EXPECT_EQ(cell_text("@SUM(A1)"), "'@SUM(A1)");
    EXPECT_EQ(cell_text("+A1"), "'+A1");
    EXPECT_EQ(cell_text("-A1"), "'-A1");
    EXPECT_EQ(cell_text("-1+1"), "'-1+1");
    EXPECT_EQ(cell_text("-nan"), "'-nan");
    EXPECT_EQ(cell_text("\t=1"), "'\t=1");
    EXPECT_EQ(cell_text("\r=1"), "\"'\r=1\"");
    EXPECT_EQ(cell_text("=HYPERLINK(\"a\",1)"), "\"'=HYPERLINK(\"\"a\"\",1)\"");
}

// A program that takes semicolons or tabs for separators begins a cell behind them.
TEST(WriteCsv, DisarmsFormulasInside) {
    EXPECT_EQ(cell_text("x;=1+1;y"), "x;'=1+1;y");
    EXPECT_EQ(cell_text("x\t=1+1"), "x\t'=1+1");
    EXPECT_EQ(cell_text("x\n=1+1"), "\"x\n'=1+1\"");
    EXPECT_EQ(cell_text("x; \t@A1"), "x;' \t@A1");
    EXPECT_EQ(cell_text(" =1+1"), "' =1+1");
    EXPECT_EQ(cell_text("\xef\xbc\x9d"
                        "1+1"),
              "'\xef\xbc\x9d"
              "1+1");
    EXPECT_EQ(cell_text("\xef\xbc\xa0"
                        "A1"),
              "'\xef\xbc\xa0"
              "A1");
    EXPECT_EQ(cell_text("level_uncertain;slice_tilted"), "level_uncertain;slice_tilted");
    EXPECT_EQ(cell_text("a-b=c"), "a-b=c");
}

TEST(WriteCsv, ReplacesControlCharacters) {
    EXPECT_EQ(cell_text("\x1b[31mred\x7f"), "?[31mred?");
    EXPECT_EQ(cell_text("a\xc2\x9b"
                        "31mb\xc2\x80 \xc2\xa0\xc3\xbc"),
              "a?31mb? \xc2\xa0\xc3\xbc")
        << "C1, and what is none";
    EXPECT_EQ(cell_text(std::string("a\0b", 3)), "a?b");
    EXPECT_EQ(cell_text("M\xc3\xbcller"), "M\xc3\xbcller");
}

TEST(WriteCsv, KeepsNumbersNumbers) {
    for (const char* const number : {"-3.50", "+2", "-0.001", "-1e-05", "0", "17"}) {
        EXPECT_EQ(cell_text(number), number);
    }
}

TEST(WriteCsv, RefusesARowOfOtherLength) {
    try {
        csv_text({"a", "b"}, {{"1"}});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::internal);
        EXPECT_STREQ(error.what(), "a CSV row has 1 cells for 2 columns");
    }
}

}  // namespace
}  // namespace paraspinal
