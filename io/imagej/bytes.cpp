// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/bytes.h"

#include "core/error.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace paraspinal {
namespace {

void append_utf8(std::string& text, std::uint32_t code_point) {
    const auto tail = [&text, code_point](unsigned int shift) {
        text += static_cast<char>(0x80U | (code_point >> shift & 0x3FU));
    };
    if (code_point < 0x80) {
        text += static_cast<char>(code_point);
    } else if (code_point < 0x800) {
        text += static_cast<char>(0xC0U | code_point >> 6U);
        tail(0);
    } else {
        text += static_cast<char>(0xE0U | code_point >> 12U);
        tail(6);
        tail(0);
    }
}

}  // namespace

void refuse_damaged_roi(const std::string& what) {
    throw Error(ErrorCode::malformed_file, "not a valid ImageJ ROI: " + what);
}

std::uint32_t RoiBytes::number(std::size_t offset, std::size_t size) const {
    if (offset > bytes_.size() || bytes_.size() - offset < size) {
        refuse_damaged_roi("it ends too early");
    }
    std::uint32_t value = 0;
    for (const char byte : bytes_.substr(offset, size)) {
        value = value << 8U | static_cast<unsigned char>(byte);
    }
    return value;
}

int RoiBytes::u8(std::size_t offset) const {
    return static_cast<int>(number(offset, 1));
}

int RoiBytes::u16(std::size_t offset) const {
    return static_cast<int>(number(offset, 2));
}

int RoiBytes::i16(std::size_t offset) const {
    return static_cast<std::int16_t>(number(offset, 2));
}

int RoiBytes::i32(std::size_t offset) const {
    return static_cast<std::int32_t>(number(offset, 4));
}

double RoiBytes::real(std::size_t offset) const {
    const auto value = std::bit_cast<float>(number(offset, 4));
    if (!std::isfinite(value)) {
        refuse_damaged_roi("a coordinate is not a number");
    }
    return value;
}

std::string RoiBytes::text(const RoiText& place) const {
    const auto start = static_cast<std::size_t>(std::max(place.offset, 0));
    const std::size_t count = checked_count(place.length, 2, start);
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t code_point = number(start + 2 * i, 2);
        const bool is_surrogate = code_point >= 0xD800 && code_point < 0xE000;
        append_utf8(text, is_surrogate ? U'?' : code_point);
    }
    return text;
}

std::size_t RoiBytes::checked_count(int count, std::size_t size, std::size_t offset) const {
    if (count < 0 || offset > bytes_.size() ||
        static_cast<std::size_t>(count) > (bytes_.size() - offset) / size) {
        refuse_damaged_roi("it states " + std::to_string(count) + " points but ends too early");
    }
    return static_cast<std::size_t>(count);
}

}  // namespace paraspinal
