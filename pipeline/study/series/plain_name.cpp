// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/plain_name.h"

#include "core/text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace paraspinal {
namespace {

// Letters of two bytes in lower case: Latin, Greek and Cyrillic (Unicode 15, blocks U+00C0 to
// U+04FF), where capitals stand 32 places, or one, before their small letters.
std::string with_small_letters(std::string text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto first = static_cast<unsigned char>(text[i]);
        const auto second = static_cast<unsigned char>(text[i + 1]);
        if (first < 0xC3 || first > 0xD3 || (second & 0xC0U) != 0x80U) {
            continue;
        }
        unsigned letter = ((first & 0x1FU) << 6U) | (second & 0x3FU);
        const auto is_within = [letter](unsigned low, unsigned high) {
            return letter >= low && letter <= high;
        };
        const bool is_even_small = is_within(0x139, 0x148) || is_within(0x179, 0x17E);
        if (is_within(0xC0, 0xDE) || is_within(0x391, 0x3A9) || is_within(0x410, 0x42F)) {
            letter += 32;
        } else if (is_within(0x400, 0x40F)) {
            letter += 80;
        } else if (is_within(0x100, 0x17F)) {
            letter += (letter % 2 == 0) != is_even_small ? 1 : 0;
        }
        text[i] = static_cast<char>(0xC0U | (letter >> 6U));
        text[i + 1] = static_cast<char>(0x80U | (letter & 0x3FU));
        ++i;
    }
    return text;
}

// "F/S" and "F.S" as "fs", where they stand alone.
std::string with_fs_as_word(std::string text) {
    const auto is_letter = [&text](std::size_t at) {
        const auto byte = static_cast<unsigned char>(at < text.size() ? text[at] : ' ');
        return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte >= 0x80;
    };
    for (std::size_t i = 0; i + 2 < text.size(); ++i) {
        const bool is_fs = text[i] == 'f' && (text[i + 1] == '/' || text[i + 1] == '.') &&
                           text[i + 2] == 's' && !is_letter(i + 3) && (i == 0 || !is_letter(i - 1));
        if (is_fs) {
            text.erase(i + 1, 1);
        }
    }
    return text;
}

// What follows "stir", "fat" and the like where a name has no blank.
constexpr std::array<std::string_view, 25> kSequenceWords{
    "t1",  "t2",  "pd",   "tse",  "fse",  "se",   "ir",   "sag",   "ax",
    "tra", "cor", "cube", "spac", "fast", "turb", "long", "short", "fs",
    "fat", "sat", "dl",   "iso",  "blad", "prop", "sig"};

bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

}  // namespace

std::string plain_name(const std::string& name) {
    std::string text = " ";
    for (const char byte : with_fs_as_word(with_small_letters(lower_case(name)))) {
        const bool kept = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
                          static_cast<unsigned char>(byte) >= 0x80;
        if (kept) {
            text += byte;
        } else if (text.back() != ' ') {
            text += ' ';
        }
    }
    return text.back() == ' ' ? text : text + ' ';
}

NameWords words_of(const std::string& plain_text) {
    NameWords words;
    std::size_t start = 1;
    for (std::size_t end = plain_text.find(' ', start); end != std::string::npos;
         end = plain_text.find(' ', start)) {
        words.push_back(plain_text.substr(start, end - start));
        start = end + 1;
    }
    return words;
}

bool any_part(const std::string& text, NamePatterns patterns) {
    return std::ranges::any_of(
        patterns, [&text](auto pattern) { return text.find(pattern) != std::string::npos; });
}

bool any_word(const NameWords& words, NamePatterns patterns) {
    return std::ranges::any_of(patterns, [&words](auto pattern) {
        return std::ranges::find(words, pattern) != words.end();
    });
}

bool any_start(const NameWords& words, NamePatterns patterns) {
    return std::ranges::any_of(patterns, [&words](auto pattern) {
        return std::ranges::any_of(
            words, [pattern](const std::string& word) { return word.starts_with(pattern); });
    });
}

bool any_compound(const NameWords& words, NamePatterns patterns) {
    return std::ranges::any_of(words, [patterns](const std::string& word) {
        return std::ranges::any_of(patterns, [&word](std::string_view pattern) {
            if (word.ends_with(pattern)) {
                return true;
            }
            const std::string_view rest = std::string_view(word).substr(
                word.starts_with(pattern) ? pattern.size() : word.size());
            return !rest.empty() &&
                   (is_digit(rest.front()) || rest == "w" ||
                    std::ranges::any_of(kSequenceWords, [rest](std::string_view next) {
                        return rest.starts_with(next);
                    }));
        });
    });
}

bool any_numbered(const NameWords& words, NamePatterns patterns) {
    return std::ranges::any_of(words, [patterns](const std::string& word) {
        return std::ranges::any_of(patterns, [&word](std::string_view pattern) {
            return word.starts_with(pattern) &&
                   std::ranges::all_of(word.substr(pattern.size()), is_digit);
        });
    });
}

}  // namespace paraspinal
