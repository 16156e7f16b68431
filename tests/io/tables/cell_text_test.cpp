// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/cell_text.h"

#include "io/calendar_date.h"
#include "io/tables/decimal_marks.h"

#include <gtest/gtest.h>

#include <vector>

namespace paraspinal {
namespace {

TEST(CellText, KnowsTheWordsForMissing) {
    for (const char* const text : {"",
                                   "NA",
                                   "nan",
                                   ".",
                                   "n/a",
                                   "N.A.",
                                   "#N/A",
                                   "Missing",
                                   "-",
                                   "--",
                                   "'-",
                                   "\u2013",
                                   "?",
                                   " null "}) {
        EXPECT_TRUE(is_missing_text(text)) << text;
    }
    for (const char* const text : {"0", "none", "no", "<0.6", "-9", "unknown", "#DIV/0!"}) {
        EXPECT_FALSE(is_missing_text(text)) << text;
    }
    EXPECT_TRUE(is_missing_word("n.a."));
    EXPECT_FALSE(is_missing_word("NA")) << "a code of programs, not of people";
}

TEST(CellText, TakesDecimalCommasWhereTheFileHasThem) {
    EXPECT_EQ(cell_number("2,5", DecimalMark::either), 2.5);
    EXPECT_FALSE(cell_number("2,5", DecimalMark::point).has_value());
    EXPECT_FALSE(cell_number("1.234,5", DecimalMark::either).has_value());
    EXPECT_EQ(cell_number(" 1e-3 ", DecimalMark::point), 1e-3);
}

TEST(CellText, MakesNoNumberOfWhatMayHaveThousands) {
    for (const char* const text :
         {"1.101", "1,101", "-12.500", "1.234,5", "1,234.5", "1.234.567"}) {
        EXPECT_TRUE(has_thousands(text)) << text;
        EXPECT_FALSE(cell_number(text, DecimalMark::unclear).has_value()) << text;
    }
    for (const char* const text : {"0.125",
                                   "2,5",
                                   "1.1010",
                                   "1234.567",
                                   "31.12.2025",
                                   "1.101x",
                                   ".125",
                                   "900",
                                   "1.101.5",
                                   "1.101,x"}) {
        EXPECT_FALSE(has_thousands(text)) << text;
    }
    EXPECT_EQ(cell_number("0.125", DecimalMark::unclear), 0.125);
    EXPECT_EQ(no_number_text("1.101"),
              "may be 1101 or 1.101: write it without separators of thousands");
    EXPECT_EQ(no_number_text("1.234,5"), "has separators of thousands: write it without them");
    EXPECT_EQ(no_number_text("many"), "is no number");
}

TEST(DecimalMarks, AreClearWhereOneKindAloneOccursOrProvesItself) {
    const TableRows table{
        .columns = {"a", "b", "c", "d"},
        .rows = {{"0,5", "900", "31.275", "900,5"}, {"1,101", "1.101", "9.5", "1.101"}},
        .numbers = {2, 3}};
    EXPECT_EQ(
        decimal_marks(table),
        (std::vector{
            DecimalMark::either, DecimalMark::unclear, DecimalMark::either, DecimalMark::unclear}));
    EXPECT_EQ(decimal_marks({.columns = {"a"}, .rows = {{"1.101"}, {"7"}}, .numbers = {2, 3}}),
              std::vector{DecimalMark::either});
}

TEST(CellText, QuotesNothingThatMayBeAPerson) {
    EXPECT_EQ(shown_cell("<0.6"), "'<0.6'");
    EXPECT_EQ(shown_cell(" pending "), "'pending'");
    EXPECT_EQ(shown_cell("12.5 g/L"), "'12.5 g/L'");
    EXPECT_EQ(shown_cell("Smith"), "a text of 5 characters");
    EXPECT_EQ(shown_cell("1951-03-02"), "a text of 10 characters");
    EXPECT_EQ(shown_cell("+49 170 1234567"), "a text of 15 characters");
}

TEST(CalendarDate, ReadsWhatIsBeyondDoubt) {
    for (const char* const text : {"20260131",
                                   "2026-01-31",
                                   "2026-01-31 13:45:00",
                                   "31.01.2026",
                                   " 31.1.2026 ",
                                   "2026-01-31T00:00"}) {
        EXPECT_EQ(parse_date(text), "2026-01-31") << text;
    }
    for (const char* const text : {"",
                                   "01/02/2026",
                                   "2026-01-1",
                                   "2026-1-31",
                                   "31.02.2026",
                                   "2026-13-01",
                                   "26-01-31",
                                   "20260231",
                                   "-1",
                                   "1.2"}) {
        EXPECT_FALSE(parse_date(text).has_value()) << text;
    }
    EXPECT_EQ(date_text(0), "1970-01-01");
    EXPECT_EQ(date_text(-1, 49500), "1969-12-31 13:45:00");
    EXPECT_EQ(date_text(10'000'000), "");
}

}  // namespace
}  // namespace paraspinal
