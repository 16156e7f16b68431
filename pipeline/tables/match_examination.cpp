// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/match_examination.h"

#include "io/calendar_date.h"
#include "io/tables/cell_text.h"

#include <algorithm>

namespace paraspinal {
namespace {

using Date = std::optional<std::string>;

// Stands for a date that nobody can read; it equals none, not even itself.
constexpr std::string_view kUnreadable = "unreadable";

bool is_unreadable(const Date& date) {
    return date == kUnreadable;
}

bool is_same_day(const Date& one, const Date& other) {
    return one && one == other && !is_unreadable(one);
}

}  // namespace

Date examination_date(std::string_view cell) {
    return is_missing_text(cell) ? std::nullopt
                                 : Date(parse_date(cell).value_or(std::string(kUnreadable)));
}

ExaminationMatch match_examination(std::size_t row, ExaminationDates here, ExaminationDates there) {
    if (there.empty()) {
        return {.place = {}, .reason = kNoPartner};
    }
    const Date& date = here[row];
    const auto is_of_that_day = [&](const Date& other) { return is_same_day(date, other); };
    const bool are_single = here.size() == 1 && there.size() == 1;
    if (are_single && (!date || !there[0] || is_of_that_day(there[0]))) {
        return {.place = 0, .reason = {}};
    }
    const auto same_day = std::ranges::count_if(there, is_of_that_day);
    if (same_day == 1 && std::ranges::count_if(here, is_of_that_day) == 1) {
        const auto found = std::ranges::find_if(there, is_of_that_day);
        return {.place = static_cast<std::size_t>(found - there.begin()), .reason = {}};
    }
    if (is_unreadable(date) || (same_day == 0 && std::ranges::any_of(there, is_unreadable))) {
        return {.place = {}, .reason = "unreadable_date"};
    }
    const bool has_dates =
        std::ranges::all_of(there, [](const Date& other) { return other.has_value(); });
    return {.place = {},
            .reason = date && same_day == 0 && has_dates ? "another_date" : "several_examinations"};
}

std::string unmatched_text(std::string_view reason, const std::string& table) {
    if (reason == kNoPartner) {
        return table + " has no row of this patient";
    }
    if (reason == "another_date") {
        return table + " has this patient at other dates only (study_date)";
    }
    return reason == "unreadable_date"
               ? "a date of the examination (study_date) here or in " + table +
                     " cannot be read; write it as 2026-01-31"
               : table +
                     " has several rows of this patient, and no date of the "
                     "examination (study_date) tells which one is meant";
}

}  // namespace paraspinal
