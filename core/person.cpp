// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/person_internal.h"
#include "core/text.h"

#include <algorithm>
#include <cstdint>

namespace paraspinal {

Person parse_person(std::string_view text) {
    Person person;
    std::size_t start = 0;
    for (std::string& field : person) {
        const std::size_t end = std::min(text.find(kBetween, start), text.size());
        field = text.substr(start, end - start);
        start = std::min(end + 1, text.size());
    }
    return person;
}

std::optional<std::chrono::sys_days> day_of(std::string_view date) {
    constexpr std::size_t kDigits = 8;
    const auto number = date.size() == kDigits ? parse_integer(date) : std::nullopt;
    if (!number) {
        return std::nullopt;
    }
    constexpr std::int64_t kYear = 10000;
    constexpr std::int64_t kMonth = 100;
    const std::chrono::year_month_day day{
        std::chrono::year(static_cast<int>(*number / kYear)),
        std::chrono::month(static_cast<unsigned>(*number / kMonth % kMonth)),
        std::chrono::day(static_cast<unsigned>(*number % kMonth))};
    return day.ok() ? std::optional(std::chrono::sys_days(day)) : std::nullopt;
}

}  // namespace paraspinal
