// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/describe_cohort.h"

#include "core/quantile.h"
#include "core/text.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/statistics/group_tests.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace paraspinal {
namespace {

std::vector<double> present(const CohortColumn& column) {
    std::vector<double> values;
    for (const std::optional<double>& value : column.numbers) {
        if (value) {
            values.push_back(*value);
        }
    }
    return values;
}

std::vector<std::string> number_row(const CohortColumn& column, std::size_t patients) {
    std::vector<double> values = present(column);
    std::ranges::sort(values);
    const SampleMoments moments = sample_moments(values);
    const double resolution = moments.sd > 0 ? moments.sd : std::abs(moments.mean);
    const auto text = [&](double value) { return scaled_text(value, resolution, 2); };
    return {column.name,
            std::to_string(values.size()),
            std::to_string(patients - values.size()),
            moments_text(moments),
            text(quantile(values, 0.5)) + " [" + text(quantile(values, 0.25)) + ", " +
                text(quantile(values, 0.75)) + "]",
            text(values.front()) + " to " + text(values.back())};
}

std::vector<std::string> class_row(const CohortColumn& column, std::size_t patients) {
    std::map<std::string, int> counts;
    int known = 0;
    for (std::size_t i = 0; i < column.texts.size(); ++i) {
        if (!column.texts[i].empty()) {
            const bool yes_no = column.kind == ColumnKind::yes_no;
            ++counts[yes_no ? (column.numbers[i] == 1.0 ? "yes" : "no") : column.texts[i]];
            ++known;
        }
    }
    std::string text;
    constexpr std::size_t kMostClasses = 20;
    if (counts.size() > kMostClasses) {
        text = std::to_string(counts.size()) + " different texts";
        counts.clear();
    }
    for (const auto& [name, count] : counts) {
        text += (text.empty() ? "" : "; ") + name + " " + std::to_string(count) + " (" +
                fixed_text(100.0 * count / known, 1) + " %)";
    }
    return {column.name,
            std::to_string(known),
            std::to_string(patients - static_cast<std::size_t>(known)),
            text,
            "",
            ""};
}

}  // namespace

TextTable describe_cohort(const CohortTable& cohort) {
    TextTable table{
        .columns = {
            "variable", "n", "missing", "mean ± SD or classes", "median [Q1, Q3]", "range"}};
    for (const CohortColumn& column : cohort.columns) {
        if (column.kind != ColumnKind::empty && !is_summarized(column.kind)) {
            continue;
        }
        if (column.kind == ColumnKind::number) {
            table.rows.push_back(number_row(column, cohort.patients));
        } else {
            table.rows.push_back(class_row(column, cohort.patients));
        }
    }
    return table;
}

}  // namespace paraspinal
