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

std::optional<double> cell_number(std::string_view text, DecimalMark mark) {
    if (mark == DecimalMark::unclear && has_thousands(text)) {
        return std::nullopt;
    }
    const std::optional<double> value = parse_number(text);
    if (value || mark == DecimalMark::point || text.find('.') != std::string_view::npos ||
        std::ranges::count(text, ',') != 1) {
        return value;
    }
    std::string with_point(text);
    with_point[with_point.find(',')] = '.';
    return parse_number(with_point);
}

bool has_thousands(std::string_view text) {
    constexpr std::size_t kGroup = 3;
    std::string_view rest = trimmed(text);
    rest.remove_prefix(rest.starts_with('-') || rest.starts_with('+') ? 1 : 0);
    const std::size_t at = rest.find_first_of(".,");
    if (at == std::string_view::npos || at == 0 || at > kGroup || rest.front() == '0' ||
        !std::ranges::all_of(rest.substr(0, at), is_digit)) {
        return false;
    }
    const char mark = rest[at];
    rest.remove_prefix(at);
    while (rest.starts_with(mark)) {
        const std::string_view group = rest.substr(1, kGroup);
        if (group.size() < kGroup || !std::ranges::all_of(group, is_digit)) {
            return false;
        }
        rest.remove_prefix(1 + kGroup);
    }
    const bool has_decimals = rest.starts_with(mark == '.' ? ',' : '.');
    return rest.empty() || (has_decimals && std::ranges::all_of(rest.substr(1), is_digit));
}

std::string no_number_text(std::string_view text) {
    if (!has_thousands(text)) {
        return "is no number";
    }
    std::string whole(trimmed(text));
    const bool is_one_mark = std::ranges::count_if(whole, [](char letter) {
                                 return letter == '.' || letter == ',';
                             }) == 1;
    if (!is_one_mark) {
        return "has separators of thousands: write it without them";
    }
    std::string with_point = whole;
    std::ranges::replace(with_point, ',', '.');
    std::erase_if(whole, [](char letter) { return letter == '.' || letter == ','; });
    return "may be " + whole + " or " + with_point + ": write it without separators of thousands";
}

std::string without_guard(std::string_view cell) {
    const bool is_guarded = cell.size() > 1 && cell[0] == '\'' &&
                            std::string_view("=+-@").find(cell[1]) != std::string_view::npos;
    return std::string(is_guarded ? cell.substr(1) : cell);
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
