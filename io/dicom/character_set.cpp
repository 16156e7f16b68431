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

void spell(std::string& text, char c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    text += "\\x";
    text += kDigits[byte / kDigits.size()];
    text += kDigits[byte % kDigits.size()];
}

std::string spelled_out(const std::string& bytes) {
    std::string text;
    for (const char c : bytes) {
        c >= ' ' && c <= '~' ? text.push_back(c) : spell(text, c);
    }
    return text;
}

// Tables and terminals get one "?" for each control character, whichever it is: U+0000 to U+001F,
// U+007F, and U+0080 to U+009F, which stand for what Windows has there ("\x9A" for "s" with caron).
std::string with_controls_spelled(const std::string& utf8) {
    constexpr char kLead = '\xC2';
    constexpr unsigned char kEnd = 0xA0;
    std::string text;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto byte = static_cast<unsigned char>(utf8[i]);
        const bool is_upper = utf8[i] == kLead && i + 1 < utf8.size() &&
                              static_cast<unsigned char>(utf8[i + 1]) < kEnd;
        is_upper || byte < ' ' || byte == 0x7F ? spell(text, utf8[i += is_upper ? 1 : 0])
                                               : text.push_back(utf8[i]);
    }
    return text;
}

DecodedText decode(const std::string& bytes, const std::vector<std::string>& declared) {
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

}  // namespace

DecodedText decode_text(const std::string& bytes, const std::vector<std::string>& declared) {
    DecodedText text = decode(bytes, declared);
    text.utf8 = with_controls_spelled(text.utf8);
    return text;
}

}  // namespace paraspinal::dicom
