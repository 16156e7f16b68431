// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/event_rates.h"

#include "core/text.h"
#include "pipeline/tables/columns/column_label.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/statistics/person_time.h"
#include "risk/statistics/several_groups.h"

#include <cmath>

namespace paraspinal {
namespace {

constexpr double kMonthsPerYear = 12;
constexpr double kPer = 100;  // Rates are those of so many patient-years.
constexpr double kSignificant = 0.05;

std::vector<PersonTime> person_years(const CohortColumn& events,
                                     const CohortColumn& months,
                                     const Grouping& grouping) {
    std::vector<PersonTime> groups(grouping.names.size());
    for (std::size_t i = 0; i < grouping.group.size(); ++i) {
        if (grouping.group[i] && events.numbers[i] && months.numbers[i]) {
            PersonTime& group = groups[*grouping.group[i]];
            group.events += *events.numbers[i] != 0 ? 1 : 0;
            group.time += *months.numbers[i] / kMonthsPerYear;
        }
    }
    return groups;
}

GroupCell rate_cell(const PersonTime& group) {
    IntervalEstimate rate = event_rate(group);
    rate = {.value = kPer * rate.value, .low = kPer * rate.low, .high = kPer * rate.high};
    return {.text = std::to_string(group.events) + " in " + fixed_text(group.time, 1) + ": " +
                    interval_text(rate, 1),
            .n = group.time,
            .mean = rate.value,
            .count = group.events};
}

}  // namespace

std::vector<CompareRow> rate_rows(const CohortColumn& events,
                                  const CohortColumn& months,
                                  const Grouping& grouping) {
    const std::vector<PersonTime> groups = person_years(events, months, grouping);
    CompareRow row{.variable = events.name + " per 100 patient-years"};
    for (const PersonTime& group : groups) {
        if (group.time <= 0) {
            return {};
        }
        row.groups.push_back(rate_cell(group));
    }
    if (groups.size() == 2) {
        row.test = rate_test(groups[0], groups[1]);
        row.has_p = true;
        if (groups[0].events + groups[1].events > 0) {
            const IntervalEstimate ratio = rate_ratio(groups[0], groups[1]);
            row.effect_kind = "RR";
            row.effect = ratio;
            row.effect_text = "RR " + interval_text(ratio, 2);
        }
    }
    return {row};
}

std::string unlike_follow_up(const CohortColumn& months, const Grouping& grouping) {
    std::vector<std::vector<double>> times(grouping.names.size());
    for (std::size_t i = 0; i < grouping.group.size(); ++i) {
        if (grouping.group[i] && months.numbers[i]) {
            times[*grouping.group[i]].push_back(*months.numbers[i]);
        }
    }
    std::vector<std::string> means;
    for (const std::vector<double>& group : times) {
        if (group.empty()) {
            return {};
        }
        means.push_back(fixed_text(sample_moments(group).mean, 1));
    }
    if (kruskal_wallis_test(times).p >= kSignificant) {
        return {};
    }
    return "THE GROUPS WERE WATCHED FOR UNLIKE TIMES, " + column_label(months) + " " +
           joined(means, ", ") +
           " on average: shares of patients with an event do not compare them fairly; look at the "
           "rates per 100 patient-years";
}

}  // namespace paraspinal
