// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/percent_encoding.h"

#include <charconv>
#include <system_error>

namespace paraspinal {
namespace {

constexpr int kHexadecimal = 16;
constexpr std::size_t kDigits = 2;

bool stands_for_itself(char byte) {
    return byte >= ' ' && byte <= '~' && byte != '%';
}

}  // namespace

std::string percent_encoded(std::string_view bytes) {
    constexpr std::string_view kDigitOf = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size());
    for (const char byte : bytes) {
        if (stands_for_itself(byte)) {
            text += byte;
        } else {
            const auto value = static_cast<unsigned char>(byte);
            text += '%';
            text += kDigitOf[value / kHexadecimal];
            text += kDigitOf[value % kHexadecimal];
        }
    }
    return text;
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size());
    while (!text.empty()) {
        if (text.front() != '%') {
            bytes += text.front();
            text.remove_prefix(1);
            continue;
        }
        const std::string_view digits = text.substr(1, kDigits);
        unsigned char value = 0;
        const char* const end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value, kHexadecimal);
        if (digits.size() != kDigits || error != std::errc{} || stop != end) {
            return std::nullopt;
        }
        bytes += static_cast<char>(value);
        text.remove_prefix(1 + kDigits);
    }
    return bytes;
}

}  // namespace paraspinal
