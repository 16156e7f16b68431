// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/calendar_date.h"
#include "io/tables/xlsx_format_internal.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal {
namespace {

constexpr int kSecondsPerDay = 86400;

// Without what is only shown: "texts", \escaped letters and [colors]; [h] is an elapsed time.
std::string bare_code(std::string_view code) {
    std::string bare;
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code[i] == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
            ++i;
        } else if (code[i] == '[') {
            i = std::min(code.find(']', i + 1), code.size());
        } else if (code[i] == ';') {
            break;  // What follows is for negative numbers.
        } else {
            bare += code[i];
        }
    }
    return bare;
}

}  // namespace

NumberFormat kind_of_format(std::string_view code) {
    const std::string bare = bare_code(code);
    if (bare.find_first_of("yYdDhHsSmM") != std::string::npos && bare != "General") {
        return NumberFormat::date;
    }
    if (bare.find('%') != std::string::npos) {
        return NumberFormat::percentage;
    }
    return bare.size() > 1 && bare.find_first_not_of('0') == std::string::npos
               ? NumberFormat::zeros
               : NumberFormat::plain;
}

NumberFormat kind_of_built_in_format(int id) {
    struct Range {
        int first;
        int last;
        NumberFormat kind;
    };
    // 27 to 36 and 50 to 58 are dates in the eastern Asian editions.
    constexpr std::array kRanges{Range{9, 10, NumberFormat::percentage},
                                 Range{14, 22, NumberFormat::date},
                                 Range{27, 36, NumberFormat::date},
                                 Range{45, 47, NumberFormat::date},
                                 Range{50, 58, NumberFormat::date}};
    for (const Range& range : kRanges) {
        if (id >= range.first && id <= range.last) {
            return range.kind;
        }
    }
    return NumberFormat::plain;
}

std::string date_of_serial(double serial, bool from_1904) {
    constexpr double kDays9999 = 2958466;
    constexpr int kNoSuchDay = 60;
    if (!(serial >= 0) || serial >= kDays9999) {
        return {};
    }
    auto days = static_cast<int>(serial);
    auto seconds = static_cast<int>(std::lround((serial - days) * kSecondsPerDay));
    if (seconds == kSecondsPerDay) {
        seconds = 0;
        ++days;
    }
    if (days == 0 && !from_1904) {
        return time_text(seconds);
    }
    if (days == kNoSuchDay && !from_1904) {
        return {};
    }
    // 1904-01-01 and 1899-12-31, in days from 1970-01-01.
    constexpr int kFirst1904 = -24107;
    constexpr int kFirst1900 = -25568;
    const int passed_over = !from_1904 && days > kNoSuchDay ? 1 : 0;
    return date_text((from_1904 ? kFirst1904 : kFirst1900) + days - passed_over, seconds);
}

}  // namespace paraspinal
