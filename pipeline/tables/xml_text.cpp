// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/xml_text.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace paraspinal {
namespace {

struct Character {
    std::size_t bytes = 1;
    bool is_text = false;  // Else a byte that XML cannot hold.
};

// How many bytes the first one announces; 0 for one that begins no character.
std::size_t announced_bytes(unsigned char first) {
    return first < 0x80U   ? 1
           : first < 0xC2U ? 0
           : first < 0xE0U ? 2
           : first < 0xF0U ? 3
           : first < 0xF5U ? 4
                           : 0;
}

// Source: Unicode 15, table 3-7; XML 1.0 (fifth edition), 2.2.
Character first_character(std::string_view text) {
    const auto byte = [text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const std::size_t bytes = announced_bytes(byte(0));
    if (bytes == 0 || bytes > text.size()) {
        return {};
    }
    if (bytes == 1) {
        return {.is_text = byte(0) >= 0x20U && byte(0) != 0x7FU};
    }
    std::uint32_t code = byte(0) & (0xFFU >> (bytes + 1));
    for (std::size_t at = 1; at < bytes; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) {
            return {};
        }
        code = code << 6U | (byte(at) & 0x3FU);
    }
    // Of as many bytes; less would be a longer spelling than needed.
    constexpr std::array<std::uint32_t, 5> kLeast{0, 0, 0x80, 0x800, 0x10000};
    const bool is_surrogate = code >= 0xD800 && code < 0xE000;
    const bool is_control = code < 0xA0;
    const bool is_text = code >= kLeast.at(bytes) && code <= 0x10FFFF && !is_surrogate &&
                         !is_control && code != 0xFFFE && code != 0xFFFF;
    return is_text ? Character{.bytes = bytes, .is_text = true} : Character{};
}

std::string_view entity_of(char letter) {
    switch (letter) {
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '&': return "&amp;";
        case '"': return "&quot;";
        case '\'': return "&#39;";
        default: return {};
    }
}

}  // namespace

std::string xml_text(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const Character first = first_character(text);
        const std::string_view entity = entity_of(text.front());
        if (!first.is_text) {
            safe += '?';
        } else if (!entity.empty()) {
            safe += entity;
        } else {
            safe += text.substr(0, first.bytes);
        }
        text.remove_prefix(first.bytes);
    }
    return safe;
}

}  // namespace paraspinal
