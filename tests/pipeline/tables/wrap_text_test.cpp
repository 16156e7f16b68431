// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/wrap_text.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

using Lines = std::vector<std::string>;

Lines wrapped(std::string_view text, std::size_t columns) {
    return wrapped_lines(
        text, [columns](std::string_view part) { return character_count(part) <= columns; });
}

TEST(WrapText, CountsCharactersRatherThanBytes) {
    EXPECT_EQ(character_count(""), 0);
    EXPECT_EQ(character_count("Größe µm"), 8);
}

TEST(WrapText, BreaksAtBlanks) {
    EXPECT_EQ(wrapped("", 5), Lines{});
    EXPECT_EQ(wrapped("  one  two\nthree ", 7), (Lines{"one two", "three"}));
    EXPECT_EQ(wrapped("one two", 6), (Lines{"one", "two"}));
}

TEST(WrapText, CutsWordsThatAreTooLong) {
    EXPECT_EQ(wrapped("a 1.2.840.10008 b", 5), (Lines{"a", "1.2.8", "40.10", "008 b"}));
    EXPECT_EQ(wrapped("ÄÖÜäöü", 4), (Lines{"ÄÖÜä", "öü"}));
    EXPECT_EQ(wrapped("abc", 0), (Lines{"a", "b", "c"}));
}

TEST(WrapText, DisarmsControlCharacters) {
    EXPECT_EQ(wrapped("a\x1b[31mb\x7f", 20), (Lines{"a?[31mb?"}));
}

}  // namespace
}  // namespace paraspinal
