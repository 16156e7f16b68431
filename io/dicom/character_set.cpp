// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/character_set.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcspchrs.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iconv.h>
#include <optional>
#include <string_view>

namespace paraspinal::dicom {
namespace {

constexpr char kEscape = '\x1b';

bool is_ascii(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// nullopt when a byte has no meaning in `character_set`.
std::optional<std::string> converted(std::string bytes, const char* character_set) {
    const iconv_t converter = iconv_open("UTF-8", character_set);
    // NOLINTNEXTLINE(*-reinterpret-cast,*-no-int-to-ptr): how iconv says that it has no such set.
    if (converter == reinterpret_cast<iconv_t>(-1)) {
        return std::nullopt;
    }
    constexpr std::size_t kMostBytesPerByte = 4;
    std::string text(bytes.size() * kMostBytesPerByte + kMostBytesPerByte, '\0');
    char* from = bytes.data();
    char* to = text.data();
    std::size_t from_left = bytes.size();
    std::size_t to_left = text.size();
    const bool good =
        iconv(converter, &from, &from_left, &to, &to_left) != static_cast<std::size_t>(-1) &&
        from_left == 0;
    iconv_close(converter);
    text.resize(text.size() - to_left);
    return good ? std::optional(text) : std::nullopt;
}

// Korean and Chinese text of ISO 2022 lies in the upper half, behind a sequence that names the set.
std::optional<std::string> without(const std::string& bytes, std::string_view sequence) {
    if (bytes.find(sequence) == std::string::npos) {
        return std::nullopt;
    }
    std::string rest = bytes;
    for (std::size_t at = rest.find(sequence); at != std::string::npos; at = rest.find(sequence)) {
        rest.erase(at, sequence.size());
    }
    return rest;
}

std::optional<std::string> follow_escapes(const std::string& bytes) {
    if (bytes.find(kEscape) == std::string::npos) {
        return std::nullopt;
    }
    if (const auto korean = without(bytes, "\x1b$)C")) {
        return converted(*korean, "EUC-KR");
    }
    if (const auto chinese = without(bytes, "\x1b$)A")) {
        return converted(*chinese, "GB18030");
    }
    return converted(bytes, "ISO-2022-JP-2");
}

std::optional<std::string> as_declared(const std::string& bytes,
                                       const std::vector<std::string>& declared) {
    std::string names;
    for (const std::string& name : declared) {
        names += (&name == &declared.front() ? "" : "\\") + name;
    }
    DcmSpecificCharacterSet converter;
    OFString text;
    if (names.empty() || converter.selectCharacterSet(names).bad() ||
        converter.convertString(bytes, text, "\\^=").bad()) {
        return std::nullopt;
    }
    return text;
}

// Of these, text beyond ASCII is valid UTF-8 by an accident of one in thousands.
bool is_single_byte(const std::vector<std::string>& declared) {
    constexpr std::array<std::string_view, 12> kSets{"",
                                                     "ISO_IR 6",
                                                     "ISO_IR 100",
                                                     "ISO_IR 101",
                                                     "ISO_IR 109",
                                                     "ISO_IR 110",
                                                     "ISO_IR 126",
                                                     "ISO_IR 127",
                                                     "ISO_IR 138",
                                                     "ISO_IR 144",
                                                     "ISO_IR 148",
                                                     "ISO_IR 203"};
    return declared.empty() ||
           (declared.size() == 1 && std::ranges::find(kSets, declared.front()) != kSets.end());
}

std::string spelled_out(const std::string& bytes) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string text;
    for (const char c : bytes) {
        if (c >= ' ' && c <= '~') {
            text += c;
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        text += "\\x";
        text += kDigits[byte / kDigits.size()];
        text += kDigits[byte % kDigits.size()];
    }
    return text;
}

}  // namespace

DecodedText decode_text(const std::string& bytes, const std::vector<std::string>& declared) {
    if (is_ascii(bytes) && bytes.find(kEscape) == std::string::npos) {
        return {.utf8 = spelled_out(bytes)};
    }
    if (is_single_byte(declared) && !is_ascii(bytes)) {
        if (const auto text = converted(bytes, "UTF-8")) {
            return {.utf8 = *text, .is_assumed = true};
        }
    }
    if (const auto text = as_declared(bytes, declared)) {
        return {.utf8 = *text};
    }
    if (const auto text = follow_escapes(bytes)) {
        return {.utf8 = *text, .is_assumed = declared.empty()};
    }
    for (const char* const character_set : {"UTF-8", "GB18030"}) {
        if (const auto text = converted(bytes, character_set)) {
            return {.utf8 = *text, .is_assumed = true};
        }
    }
    return {.utf8 = spelled_out(bytes), .is_assumed = true};
}

}  // namespace paraspinal::dicom
