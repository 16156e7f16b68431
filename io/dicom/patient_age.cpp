// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/dicom/patient_age.h"

#include "core/id_contradictions.h"
#include "core/text.h"

#include <chrono>
#include <cmath>
#include <string_view>

namespace paraspinal {
namespace {

constexpr double kOldestYears = 150;
constexpr double kDaysPerYear = 365.25;

std::optional<double> plausible(double years) {
    return years >= 0 && years <= kOldestYears ? std::optional(years) : std::nullopt;
}

std::optional<double> stated_years(std::string_view age) {
    if (age.size() < 2) {
        return std::nullopt;
    }
    const auto count = parse_integer(age.substr(0, age.size() - 1));
    if (!count) {
        return std::nullopt;
    }
    const auto number = static_cast<double>(*count);
    switch (age.back()) {
        case 'Y': return plausible(number);
        case 'M': return plausible(number / 12);
        case 'W': return plausible(number * 7 / kDaysPerYear);
        case 'D': return plausible(number / kDaysPerYear);
        default: return std::nullopt;
    }
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
    constexpr std::size_t kDigits = 8;
    if (text.size() != kDigits) {
        return std::nullopt;
    }
    const auto year = parse_integer(text.substr(0, 4));
    const auto month = parse_integer(text.substr(4, 2));
    const auto day = parse_integer(text.substr(6, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<double> birthdays(const AgeSources& sources) {
    const auto born = parse_date(sources.birth_date);
    const auto seen = parse_date(sources.study_date);
    if (!born || !seen) {
        return std::nullopt;
    }
    const bool birthday_to_come = seen->month() < born->month() ||
                                  (seen->month() == born->month() && seen->day() < born->day());
    const int years = static_cast<int>(seen->year()) - static_cast<int>(born->year()) -
                      (birthday_to_come ? 1 : 0);
    return plausible(years);
}

}  // namespace

std::optional<double> age_years(const AgeSources& sources) {
    const std::optional<double> stated = stated_years(sources.stated_age);
    return stated ? stated : birthdays(sources);
}

bool are_contradictory(const AgeSources& sources) {
    constexpr std::string_view kNoDay = "0101";
    const std::optional<double> stated = stated_years(sources.stated_age);
    const std::optional<double> reckoned = birthdays(sources);
    return stated && reckoned && !sources.birth_date.ends_with(kNoDay) &&
           std::abs(*stated - *reckoned) > kMostBirthYearsApart;
}

}  // namespace paraspinal
