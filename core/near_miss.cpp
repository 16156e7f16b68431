// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/near_miss.h"

#include "core/text.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

bool is_letter_or_digit(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
}

// Levenshtein's distance, in which two neighbors that changed places are one error (optimal string
// alignment).
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before;  // Two letters of `a` ago.
    std::vector<std::size_t> above(b.size() + 1);
    std::iota(above.begin(), above.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::vector<std::size_t> row{i};
        for (std::size_t k = 1; k <= b.size(); ++k) {
            const std::size_t other = above[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1);
            row.push_back(std::min({above[k] + 1, row[k - 1] + 1, other}));
            if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) {
                row[k] = std::min(row[k], before[k - 2] + 1);
            }
        }
        before = std::exchange(above, std::move(row));
    }
    return above.back();
}

}  // namespace

std::string letters_of(std::string_view name) {
    constexpr std::string_view kSquared = "\u00b2";
    std::string letters = lower_case(name);
    if (const std::size_t place = letters.find(kSquared); place != std::string::npos) {
        letters.replace(place, kSquared.size(), "2");
    }
    std::erase_if(letters, [](char letter) { return !is_letter_or_digit(letter); });
    return letters;
}

std::optional<std::string> near_miss(std::string_view wanted, std::span<const std::string> names) {
    constexpr std::size_t kShortest = 4;
    constexpr std::size_t kShortestStart = 3;
    constexpr std::size_t kLettersPerError = 4;
    constexpr std::size_t kLongest = 64;
    const std::string letters = letters_of(wanted).substr(0, kLongest);
    std::optional<std::string> nearest;
    std::size_t least = std::numeric_limits<std::size_t>::max();
    for (const std::string& column : names) {
        const std::string other = letters_of(column).substr(0, kLongest);
        const bool holds =
            std::min(letters.size(), other.size()) >= kShortest &&
            (other.find(letters) != std::string::npos || letters.find(other) != std::string::npos);
        const bool begins = letters.size() >= kShortestStart && other.starts_with(letters);
        const std::size_t errors = distance(letters, other);
        const bool is_near = errors <= std::max<std::size_t>(1, letters.size() / kLettersPerError);
        if ((holds || begins || (is_near && letters.size() > 2)) && errors < least) {
            least = errors;
            nearest = column;
        }
    }
    return nearest;
}

}  // namespace paraspinal
