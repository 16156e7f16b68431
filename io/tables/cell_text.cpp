// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/cell_text.h"

#include "core/text.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

// What programs write by themselves: R, pandas, SAS and SPSS.
constexpr std::array<std::string_view, 3> kMissingCodes{"na", "nan", "."};
constexpr std::array<std::string_view, 10> kMissingWords{
    "n/a", "n.a.", "#n/a", "missing", "null", "?", "-", "--", "\u2013", "\u2014"};

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_small_letter(char letter) {
    return letter >= 'a' && letter <= 'z';
}

// Birth dates and telephone numbers have more digits than any clinical value is written with.
constexpr std::ptrdiff_t kMostDigits = 6;

bool may_be_shown(std::string_view text) {
    constexpr std::size_t kLongestValue = 20;
    constexpr std::size_t kLongestWord = 12;
    if (text.size() <= kLongestWord && std::ranges::all_of(text, is_small_letter)) {
        return true;
    }
    const bool begins_like_a_value =
        is_digit(text.front()) ||
        std::string_view("<>=~#+-.,").find(text.front()) != std::string_view::npos ||
        text.starts_with("\u2264") || text.starts_with("\u2265");
    return begins_like_a_value && text.size() <= kLongestValue &&
           std::ranges::count_if(text, is_digit) <= kMostDigits;
}

}  // namespace

bool is_missing_word(std::string_view text) {
    std::string_view word = trimmed(text);
    // Our own tables put an apostrophe before a dash (write_csv.h).
    word.remove_prefix(word.starts_with("'-") ? 1 : 0);
    return std::ranges::find(kMissingWords, lower_case(word)) != kMissingWords.end();
}

bool is_missing_text(std::string_view text) {
    constexpr std::size_t kLongest = 7;  // No spelling of a missing value is longer.
    const std::string_view word = trimmed(text);
    if (word.size() > kLongest) {
        return false;
    }
    return word.empty() || is_missing_word(word) ||
           std::ranges::find(kMissingCodes, lower_case(word)) != kMissingCodes.end();
}

std::optional<double> cell_number(std::string_view text, bool decimal_comma) {
    const std::optional<double> value = parse_number(text);
    if (value || !decimal_comma || text.find('.') != std::string_view::npos ||
        std::ranges::count(text, ',') != 1) {
        return value;
    }
    std::string with_point(text);
    with_point[with_point.find(',')] = '.';
    return parse_number(with_point);
}

std::string shown_cell(std::string_view text) {
    const std::string_view cell = trimmed(text);
    if (cell.empty()) {
        return "an empty text";
    }
    return may_be_shown(cell) ? "'" + std::string(cell) + "'"
                              : "a text of " + std::to_string(cell.size()) + " characters";
}

}  // namespace paraspinal
