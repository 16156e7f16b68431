// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/wrap_text.h"

#include <algorithm>

namespace paraspinal {
namespace {

// In UTF-8 every byte but the first of a character is 10xxxxxx.
bool starts_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    bool in_word = false;
    for (const char byte : text) {
        const auto code = static_cast<unsigned char>(byte);
        const bool is_blank = byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
        if (!is_blank && !in_word) {
            words.emplace_back();
        }
        in_word = !is_blank;
        if (in_word) {
            words.back() += code < 0x20U || code == 0x7FU ? '?' : byte;
        }
    }
    return words;
}

// Length of the longest start of `word` that fits, at least one character.
std::size_t fitting_bytes(std::string_view word,
                          const std::function<bool(std::string_view)>& fits) {
    std::size_t end = 0;
    for (std::size_t next = 1; next <= word.size(); ++next) {
        if (next < word.size() && !starts_character(word[next])) {
            continue;
        }
        if (end > 0 && !fits(word.substr(0, next))) {
            break;
        }
        end = next;
    }
    return end;
}

}  // namespace

std::size_t character_count(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, &starts_character));
}

std::vector<std::string> wrapped_lines(std::string_view text,
                                       const std::function<bool(std::string_view)>& fits) {
    std::vector<std::string> lines;
    for (std::string word : words_of(text)) {
        if (!lines.empty() && fits(lines.back() + " " + word)) {
            lines.back() += " " + word;
            continue;
        }
        while (!fits(word)) {
            const std::size_t end = fitting_bytes(word, fits);
            if (end == word.size()) {
                break;
            }
            lines.push_back(word.substr(0, end));
            word.erase(0, end);
        }
        lines.push_back(word);
    }
    return lines;
}

}  // namespace paraspinal
