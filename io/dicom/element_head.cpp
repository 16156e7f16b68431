// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/element_head.h"

#include "core/text.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <algorithm>
#include <array>
#include <span>
#include <vector>

namespace paraspinal::dicom {
namespace {

bool is_capital(unsigned char letter) {
    return letter >= 'A' && letter <= 'Z';
}

// PS3.5 7.1.2.
bool has_long_length(std::string_view vr) {
    constexpr std::array<std::string_view, 13> kLong{
        "OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"};
    return std::ranges::find(kLong, vr) != kLong.end();
}

std::optional<std::uint32_t> read_number(ByteSource& source,
                                         std::size_t bytes,
                                         bool is_big_endian) {
    std::array<unsigned char, 4> read{};
    if (!source.read(std::span(read).first(bytes))) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < bytes; ++i) {
        number = number << 8U | read[is_big_endian ? i : bytes - 1 - i];  // NOLINT(*-array-index)
    }
    return number;
}

}  // namespace

std::optional<ElementHead> read_element_head(ByteSource& source, const Spelling& spelling) {
    const auto group = read_number(source, 2, spelling.is_big_endian);
    const auto element = read_number(source, 2, spelling.is_big_endian);
    if (!group || !element) {
        return std::nullopt;
    }
    ElementHead head{.tag = *group << 16U | *element};
    std::size_t length_bytes = 4;
    if (spelling.has_vr && *group != kItem >> 16U) {
        std::array<unsigned char, 2> letters{};
        if (!source.read(letters) || !std::ranges::all_of(letters, is_capital)) {
            return std::nullopt;
        }
        head.vr.assign(letters.begin(), letters.end());
        if (!has_long_length(head.vr)) {
            length_bytes = 2;
        } else if (!source.skip(2)) {
            return std::nullopt;
        }
    }
    const auto length = read_number(source, length_bytes, spelling.is_big_endian);
    head.length = length.value_or(0);
    return length ? std::optional(head) : std::nullopt;
}

std::string read_meta_header(ByteSource& source) {
    constexpr std::size_t kPreambleBytes = 128;
    constexpr std::uint32_t kTransferSyntax = 0x00020010;
    std::array<unsigned char, 4> prefix{};
    if (!source.skip(kPreambleBytes) || !source.read(prefix) ||
        std::string_view("DICM") != std::string(prefix.begin(), prefix.end())) {
        source.go_back(0);
    }
    std::string syntax;
    for (std::uint64_t start = source.position();; start = source.position()) {
        const std::optional<ElementHead> element = read_element_head(source, {});
        if (!element || element->tag >> 16U != 2) {
            source.go_back(start);
            return syntax;
        }
        if (element->tag != kTransferSyntax || element->length > 64) {
            source.skip(element->length);
            continue;
        }
        std::vector<unsigned char> value(element->length);
        source.read(value);
        syntax = trimmed(std::string(value.begin(), value.end()));
    }
}

bool names_deflation(ByteSource& source) {
    constexpr std::size_t kMetaHeaderBytes = 1024;  // Of any that is not made to be longer.
    std::array<unsigned char, kMetaHeaderBytes> start{};
    source.read(start);
    source.go_back(0);
    constexpr std::string_view kDeflated = UID_DeflatedExplicitVRLittleEndianTransferSyntax;
    return !std::ranges::search(start, kDeflated).empty();
}

Spelling guessed_spelling(ByteSource& source) {
    const std::uint64_t start = source.position();
    std::array<unsigned char, 6> first{};
    source.read(first);
    source.go_back(start);
    return {.has_vr = is_capital(first[4]) && is_capital(first[5]),
            .is_big_endian = first[0] == 0 && first[1] != 0};
}

}  // namespace paraspinal::dicom
