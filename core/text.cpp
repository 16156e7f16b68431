// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>

namespace paraspinal {
namespace {

// Room for the longest double in fixed notation: 309 digits, sign, point and decimals.
constexpr std::size_t kNumberBytes = 352;

template <class Number>
std::optional<Number> parse_all(std::string_view text) {
    std::string_view digits = trimmed(text);
    if (digits.starts_with('+') && !digits.starts_with("+-")) {
        digits.remove_prefix(1);  // Allowed in DICOM decimal strings, not in from_chars.
    }
    Number value{};
    const char* const end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    if (error != std::errc{} || stop != end) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::string fixed_text(double value, int decimals) {
    if (!std::isfinite(value)) {
        return {};
    }
    std::array<char, kNumberBytes> buffer{};
    const auto [end, error] = std::to_chars(
        buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals);
    std::string text(buffer.data(), end);
    const bool is_negative_zero =
        text.starts_with('-') && text.find_first_of("123456789") == std::string::npos;
    return is_negative_zero ? text.substr(1) : text;
}

double rounded(double value, int decimals) {
    return parse_number(fixed_text(value, decimals)).value();
}

std::string shortest_text(double value) {
    if (!std::isfinite(value)) {
        return {};
    }
    std::array<char, kNumberBytes> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end};
}

std::string percent_text(double share, int decimals) {
    return fixed_text(100 * share, decimals) + " %";
}

std::string joined(const std::vector<std::string>& texts, std::string_view separator) {
    std::string all;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        all.append(i == 0 ? "" : separator).append(texts[i]);
    }
    return all;
}

std::optional<double> parse_number(std::string_view text) {
    const std::optional<double> value = parse_all<double>(text);
    return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    return parse_all<std::int64_t>(text);
}

std::vector<std::string> split(std::string_view text, char end) {
    std::vector<std::string> parts;
    for (std::size_t start = 0; start < text.size();) {
        const std::size_t stop = std::min(text.find(end, start), text.size());
        parts.emplace_back(text.substr(start, stop - start));
        start = stop + 1;
    }
    return parts;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank(" \t\r\n\0", 5);
    const std::size_t first = text.find_first_not_of(kBlank);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::string with_spaces(std::string_view name) {
    std::string words(name);
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') {
            letter = static_cast<char>(letter - 'A' + 'a');
        }
    }
    return lower;
}

bool is_json_too_deep(std::string_view json) {
    int levels = 0;
    bool is_in_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char letter = json[i];
        if (is_in_text) {
            i += letter == '\\' ? 1 : 0;
            is_in_text = letter != '"';
            continue;
        }
        is_in_text = letter == '"';
        levels += letter == '[' || letter == '{' ? 1 : 0;
        levels -= letter == ']' || letter == '}' ? 1 : 0;
        if (levels > kMostJsonLevels) {
            return true;
        }
    }
    return false;
}

std::string short_hash(std::string_view text) {
    constexpr std::uint64_t kOffsetBasis = 0xcbf29ce484222325ULL;
    constexpr std::uint64_t kPrime = 0x100000001b3ULL;
    std::uint64_t hash = kOffsetBasis;
    for (const char byte : text) {
        hash = (hash ^ static_cast<unsigned char>(byte)) * kPrime;
    }
    std::string digits(16, '0');
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4U) {
        constexpr std::string_view kDigits = "0123456789abcdef";
        *digit = kDigits[hash & 0xFU];
    }
    return digits;
}

}  // namespace paraspinal
