// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"

#include <gtest/gtest.h>

#include <clocale>
#include <limits>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

TEST(FixedText, RoundsToTheDecimalsAskedFor) {
    EXPECT_EQ(fixed_text(33.8449, 2), "33.84");
    EXPECT_EQ(fixed_text(-1.25, 1), "-1.2");
    EXPECT_EQ(fixed_text(7, 0), "7");
}

TEST(FixedText, NeverWritesNegativeZeroOrNan) {
    EXPECT_EQ(fixed_text(-0.0004, 2), "0.00");
    EXPECT_EQ(fixed_text(std::numeric_limits<double>::quiet_NaN(), 2), "");
    EXPECT_EQ(fixed_text(std::numeric_limits<double>::infinity(), 2), "");
}

TEST(Rounded, IsTheNumberThatTheTextSpells) {
    EXPECT_EQ(rounded(33.8449, 2), 33.84);
    EXPECT_EQ(rounded(-0.0004, 2), 0.0);
    EXPECT_EQ(rounded(2.0 / 3, 3), 0.667);
}

TEST(ShortestText, ReadsBackAsTheSameNumber) {
    for (const double value : {0.1, 1.0 / 3, 1e-300, -6.572, 123456789.0}) {
        EXPECT_EQ(parse_number(shortest_text(value)), value);
    }
}

TEST(PercentText, IsAShareOfOne) {
    EXPECT_EQ(percent_text(0.125, 1), "12.5 %");
    EXPECT_EQ(percent_text(1, 0), "100 %");
}

TEST(Joined, PutsSeparatorsBetween) {
    EXPECT_EQ(joined({"a", "", "b"}, "; "), "a; ; b");
    EXPECT_EQ(joined({}, ","), "");
}

TEST(ParseNumber, TakesTheWholeTextOrNothing) {
    EXPECT_EQ(parse_number(" +0.6875 "), 0.6875);
    EXPECT_EQ(parse_number("1e3"), 1000);
    EXPECT_EQ(parse_number("1,5"), std::nullopt);
    EXPECT_EQ(parse_number("12mm"), std::nullopt);
    EXPECT_EQ(parse_number(""), std::nullopt);
    EXPECT_EQ(parse_number("nan"), std::nullopt);
    EXPECT_EQ(parse_number("inf"), std::nullopt);
    EXPECT_EQ(parse_number("+-1"), std::nullopt);
}

TEST(ParseNumber, DoesNotDependOnTheLocale) {
    const char* const chosen = std::setlocale(LC_ALL, "de_DE.UTF-8");
    EXPECT_EQ(parse_number("1.5"), 1.5) << (chosen != nullptr ? chosen : "locale not installed");
    EXPECT_EQ(fixed_text(1.5, 1), "1.5");
    std::setlocale(LC_ALL, "C");
}

TEST(ParseInteger, RefusesFractions) {
    EXPECT_EQ(parse_integer("-12"), -12);
    EXPECT_EQ(parse_integer("12.0"), std::nullopt);
    EXPECT_EQ(parse_integer("99999999999999999999"), std::nullopt);
}

TEST(WithSpaces, TurnsEveryUnderscore) {
    EXPECT_EQ(with_spaces("erector_spinae_right"), "erector spinae right");
    EXPECT_EQ(with_spaces("psoas"), "psoas");
}

TEST(Split, LeavesOutOnlyAnEmptyLastPart) {
    using Parts = std::vector<std::string>;
    EXPECT_EQ(split("1.2;1.3", ';'), (Parts{"1.2", "1.3"}));
    EXPECT_EQ(split(";a;;b;", ';'), (Parts{"", "a", "", "b"}));
    EXPECT_EQ(split("", ';'), Parts{});
}

TEST(Trimmed, DropsDicomPadding) {
    EXPECT_EQ(trimmed(std::string_view("1.2.3\0", 6)), "1.2.3");
    EXPECT_EQ(trimmed("  a b \n"), "a b");
    EXPECT_EQ(trimmed("   "), "");
}

TEST(ShortHash, IsThePublishedFnv1a) {
    // Test vectors of draft-eastlake-fnv-17, appendix C.
    EXPECT_EQ(short_hash(""), "cbf29ce484222325");
    EXPECT_EQ(short_hash("a"), "af63dc4c8601ec8c");
    EXPECT_EQ(short_hash("foobar"), "85944171f73967e8");
}

TEST(Text, KnowsJsonThatNestsTooDeeply) {
    const auto nested = [](int levels) {
        return std::string(static_cast<std::size_t>(levels), '[') +
               std::string(static_cast<std::size_t>(levels), ']');
    };
    EXPECT_FALSE(is_json_too_deep(nested(kMostJsonLevels)));
    EXPECT_TRUE(is_json_too_deep(nested(kMostJsonLevels + 1)));
    EXPECT_TRUE(is_json_too_deep(std::string(200000, '{')));
    EXPECT_FALSE(is_json_too_deep('"' + std::string(200000, '[') + "\\\"[\""));
    std::string wide = "[";
    for (int i = 0; i < 1000; ++i) {
        wide += "{},";
    }
    EXPECT_FALSE(is_json_too_deep(wide + "{}]"));
}

}  // namespace
}  // namespace paraspinal
