// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/calendar_date.h"

#include "core/text.h"

#include <algorithm>
#include <chrono>

namespace paraspinal {
namespace {

std::string two_digits(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string text_of(const std::chrono::year_month_day& date) {
    const int year = static_cast<int>(date.year());
    constexpr int kFirst = 1000;
    constexpr int kLast = 9999;
    if (!date.ok() || year < kFirst || year > kLast) {
        return {};
    }
    return std::to_string(year) + "-" + two_digits(static_cast<unsigned>(date.month())) + "-" +
           two_digits(static_cast<unsigned>(date.day()));
}

struct DateParts {
    std::string_view year;
    std::string_view month;
    std::string_view day;
};

std::optional<DateParts> parts_of(std::string_view text) {
    constexpr std::size_t kDicom = 8;
    if (text.size() == kDicom) {
        return DateParts{
            .year = text.substr(0, 4), .month = text.substr(4, 2), .day = text.substr(6, 2)};
    }
    const char mark = text.find('-') == 4 ? '-' : '.';
    const std::size_t first = text.find(mark);
    const std::size_t second = text.find(mark, first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view begin = text.substr(0, first);
    const std::string_view middle = text.substr(first + 1, second - first - 1);
    const std::string_view end = text.substr(second + 1);
    if (mark == '-' && (middle.size() != 2 || end.size() != 2)) {
        return std::nullopt;  // Cut off: 2026-01-1 may have been any day from the 10th on.
    }
    return mark == '-' ? DateParts{.year = begin, .month = middle, .day = end}
                       : DateParts{.year = end, .month = middle, .day = begin};
}

}  // namespace

std::string time_text(int seconds_of_day) {
    constexpr unsigned kMinute = 60;
    constexpr unsigned kHour = 3600;
    const auto seconds = static_cast<unsigned>(seconds_of_day);
    return two_digits(seconds / kHour) + ":" + two_digits(seconds % kHour / kMinute) + ":" +
           two_digits(seconds % kMinute);
}

std::string date_text(std::int64_t days, int seconds_of_day) {
    constexpr std::int64_t kFarthest = 4'000'000;  // Beyond the year 9999, and no overflow below.
    if (days < -kFarthest || days > kFarthest) {
        return {};
    }
    const std::string date =
        text_of(std::chrono::sys_days(std::chrono::days(static_cast<int>(days))));
    return date.empty() || seconds_of_day <= 0 ? date : date + " " + time_text(seconds_of_day);
}

std::optional<std::string> parse_date(std::string_view text) {
    const std::string_view date = trimmed(text);
    const std::optional<DateParts> parts =
        parts_of(date.substr(0, std::min(date.find_first_of(" T"), date.size())));
    if (!parts || parts->year.size() != 4 || parts->month.size() > 2 || parts->day.size() > 2) {
        return std::nullopt;
    }
    const auto year = parse_integer(parts->year);
    const auto month = parse_integer(parts->month);
    const auto day = parse_integer(parts->day);
    if (!year || !month || !day || *month < 1 || *day < 1) {
        return std::nullopt;
    }
    const std::string normal = text_of({std::chrono::year(static_cast<int>(*year)),
                                        std::chrono::month(static_cast<unsigned>(*month)),
                                        std::chrono::day(static_cast<unsigned>(*day))});
    return normal.empty() ? std::nullopt : std::optional(normal);
}

}  // namespace paraspinal
