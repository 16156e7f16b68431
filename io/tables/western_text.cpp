// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/tables/western_text.h"

#include "core/error.h"

#include <array>
#include <cstddef>
#include <fstream>

namespace paraspinal {
namespace {

// Bytes that must follow the first of a letter, or kNoLetter.
constexpr std::size_t kNoLetter = 4;
std::size_t following_bytes(unsigned char first) {
    return first < 0x80U                     ? 0
           : first >= 0xC2U && first < 0xE0U ? 1
           : first >= 0xE0U && first < 0xF0U ? 2
           : first >= 0xF0U && first < 0xF5U ? 3
                                             : kNoLetter;
}

// 0x80 to 0x9F; the rest is Latin-1. Source: https://www.unicode.org/Public/MAPPINGS/VENDORS/
// MICSFT/WINDOWS/CP1252.TXT.
constexpr std::array<std::string_view, 32> kLetters{
    "€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "",
    "",  "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ"};

}  // namespace

bool is_utf8_file(const std::filesystem::path& file) {
    std::error_code failure;
    if (!std::filesystem::is_regular_file(file, failure)) {
        return true;
    }
    std::ifstream stream(file, std::ios::binary);
    std::string block(std::size_t{1} << 16U, '\0');
    std::size_t awaited = 0;
    while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) ||
           stream.gcount() > 0) {
        for (const char letter :
             std::string_view(block).substr(0, static_cast<std::size_t>(stream.gcount()))) {
            const auto byte = static_cast<unsigned char>(letter);
            if ((awaited > 0) != ((byte & 0xC0U) == 0x80U)) {
                return false;
            }
            awaited = awaited > 0 ? awaited - 1 : following_bytes(byte);
            if (awaited == kNoLetter) {
                return false;
            }
        }
    }
    return awaited == 0;
}

std::string utf8_of_windows_1252(std::string_view bytes) {
    std::string text;
    for (const char letter : bytes) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x80U) {
            text += letter;
        } else if (byte < 0xA0U) {
            const std::string_view one = kLetters.at(byte - 0x80U);
            if (one.empty()) {
                throw Error(ErrorCode::malformed_file,
                            "the file is neither UTF-8 nor Windows-1252; save it as UTF-8");
            }
            text += one;
        } else {
            text += static_cast<char>(0xC0U | (byte >> 6U));
            text += static_cast<char>(0x80U | (byte & 0x3FU));
        }
    }
    return text;
}

}  // namespace paraspinal
