// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/match_examination.h"

#include <algorithm>

namespace paraspinal {

ExaminationMatch match_examination(std::size_t row, ExaminationDates here, ExaminationDates there) {
    if (there.empty()) {
        return {.place = {}, .reason = "no_partner"};
    }
    const std::optional<std::string>& date = here[row];
    const bool are_single = here.size() == 1 && there.size() == 1;
    if (are_single && (!date || !there[0] || date == there[0])) {
        return {.place = 0, .reason = {}};
    }
    const auto same_day = std::ranges::count(there, date);
    if (date && same_day == 1 && std::ranges::count(here, date) == 1) {
        const auto found = std::ranges::find(there, date);
        return {.place = static_cast<std::size_t>(found - there.begin()), .reason = {}};
    }
    const bool has_dates = std::ranges::all_of(
        there, [](const std::optional<std::string>& other) { return other.has_value(); });
    return {.place = {},
            .reason = date && same_day == 0 && has_dates ? "another_date" : "several_examinations"};
}

std::string unmatched_text(std::string_view reason, const std::string& table) {
    return reason == "no_partner"     ? table + " has no row of this patient"
           : reason == "another_date" ? table + " has this patient at other dates only (study_date)"
                                      : table +
                                            " has several rows of this patient, and no date of the "
                                            "examination (study_date) tells which one is meant";
}

}  // namespace paraspinal
