// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/paired_table.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/statistics/group_tests.h"
#include "risk/statistics/paired_tests.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kFewPairs = 10;
constexpr double kSkewed = 1;

struct Row {
    std::string pair;
    std::string group;
    std::size_t patients = 0;
    std::string first;
    std::string second;
    std::string change;
    std::optional<IntervalEstimate> effect;
    TestResult test;
    bool has_p = false;
};

struct Values {
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> change;
};

Values values_of(const CohortColumn& first,
                 const CohortColumn& second,
                 const std::vector<std::size_t>& patients) {
    Values values;
    for (const std::size_t i : patients) {
        if (first.numbers[i] && second.numbers[i]) {
            values.first.push_back(*first.numbers[i]);
            values.second.push_back(*second.numbers[i]);
            values.change.push_back(*second.numbers[i] - *first.numbers[i]);
        }
    }
    return values;
}

void test_numbers(const Values& values, PairedTest wanted, Row& row) {
    row.first = moments_text(sample_moments(values.first));
    row.second = moments_text(sample_moments(values.second));
    const bool doubtful =
        values.change.size() < kFewPairs || std::abs(skewness(values.change)) > kSkewed;
    const bool ranks =
        wanted == PairedTest::signed_rank || (wanted == PairedTest::automatic && doubtful);
    row.test = ranks ? wilcoxon_signed_rank_test(values.change) : paired_t_test(values.change);
    row.has_p = true;
    if (sample_moments(values.change).sd > 0) {
        row.effect = mean_change(values.change);
        row.change = interval_text(row.effect, 2);
    } else {
        row.change = scaled_text(values.change.front(), std::abs(values.change.front()), 2) +
                     " in every patient";
    }
}

std::string share_text(const std::vector<double>& values) {
    const auto yes = std::ranges::count(values, 1.0);
    return std::to_string(yes) + " (" +
           percent_text(static_cast<double>(yes) / static_cast<double>(values.size()), 1) + ")";
}

void test_yes_no(const Values& values, Row& row) {
    DiscordantPairs pairs{.only_first = std::ranges::count(values.change, -1.0),
                          .only_second = std::ranges::count(values.change, 1.0)};
    row.first = share_text(values.first);
    row.second = share_text(values.second);
    row.test = mcnemar_test(pairs);
    row.has_p = true;
    if (pairs.only_first + pairs.only_second > 0) {
        row.effect = matched_odds_ratio(pairs);
        row.change = std::to_string(pairs.only_second) + " to yes, " +
                     std::to_string(pairs.only_first) + " to no; OR " +
                     interval_text(row.effect, 2);
    }
}

Row row_of(const CohortTable& cohort,
           const ColumnPair& pair,
           const std::pair<const std::string, std::vector<std::size_t>>& group,
           PairedTest wanted) {
    const CohortColumn& first = cohort_column(cohort, pair.first);
    const CohortColumn& second = cohort_column(cohort, pair.second);
    const bool yes_no = first.kind == ColumnKind::yes_no && second.kind == ColumnKind::yes_no;
    if (first.numbers.empty() || second.numbers.empty() ||
        (!yes_no && first.kind == ColumnKind::yes_no && second.kind != ColumnKind::number)) {
        throw Error(ErrorCode::usage,
                    "columns " + pair.first + " and " + pair.second +
                        " must both hold numbers, or both yes and no");
    }
    Row row{.pair = first.name + " to " + second.name, .group = group.first};
    const Values values = values_of(first, second, group.second);
    row.patients = values.change.size();
    try {
        if (values.change.empty()) {
            throw Error(ErrorCode::invalid_value, "no patient has both");
        }
        yes_no ? test_yes_no(values, row) : test_numbers(values, wanted, row);
    } catch (const Error& error) {
        row.test = {.method = error.message()};
    }
    return row;
}

std::vector<ColumnPair> pairs_of(const CohortTable& cohort, const PairedOptions& options) {
    if (!options.pairs.empty()) {
        return options.pairs;
    }
    constexpr std::string_view kBefore = "_pre";
    std::vector<ColumnPair> pairs;
    for (const CohortColumn& column : cohort.columns) {
        const std::string name = lower_case(column.name);
        if (!name.ends_with(kBefore)) {
            continue;
        }
        const std::string after = name.substr(0, name.size() - kBefore.size()) + "_post";
        if (std::ranges::any_of(cohort.columns, [&](const CohortColumn& other) {
                return lower_case(other.name) == after;
            })) {
            pairs.push_back({.first = column.name, .second = after});
        }
    }
    if (pairs.empty()) {
        throw Error(ErrorCode::usage,
                    "the table has no NAME_pre with a NAME_post; name the columns with --pairs "
                    "A:B,C:D");
    }
    return pairs;
}

// Patients by group; one group without a name when there are none.
std::map<std::string, std::vector<std::size_t>> groups_of(const CohortTable& cohort,
                                                          const std::string& by) {
    std::map<std::string, std::vector<std::size_t>> groups;
    const CohortColumn* const column = by.empty() ? nullptr : &shown_column(cohort, by);
    for (std::size_t i = 0; i < cohort.patients; ++i) {
        if (column == nullptr) {
            groups[""].push_back(i);
        } else if (!column->texts[i].empty()) {
            groups[column->name + " " + column->texts[i]].push_back(i);
        }
    }
    return groups;
}

TextTable as_table(const std::vector<Row>& rows, bool exact) {
    std::vector<double> p;
    for (const Row& row : rows) {
        if (row.has_p) {
            p.push_back(row.test.p);
        }
    }
    const std::vector<double> holm = holm_adjusted(p);
    const std::vector<double> bh = benjamini_hochberg_adjusted(p);
    TextTable table{.columns = {"pair",
                                "group",
                                "n",
                                "first",
                                "second",
                                "change (95 % CI)",
                                "test",
                                "P",
                                "Holm",
                                "BH"}};
    if (exact) {
        for (const char* const name : {"change", "change_low", "change_high", "statistic"}) {
            table.columns.emplace_back(name);
        }
    }
    std::size_t tested = 0;
    for (const Row& row : rows) {
        std::vector<std::string> cells{row.pair,
                                       row.group,
                                       std::to_string(row.patients),
                                       row.first,
                                       row.second,
                                       row.change,
                                       row.test.method};
        for (const std::vector<double>& values : {p, holm, bh}) {
            cells.push_back(row.has_p ? p_value_text(values[tested], exact) : "");
        }
        tested += row.has_p ? 1 : 0;
        if (exact) {
            cells.push_back(row.effect ? full_text(row.effect->value) : "");
            cells.push_back(row.effect ? full_text(row.effect->low) : "");
            cells.push_back(row.effect ? full_text(row.effect->high) : "");
            cells.push_back(row.test.statistic ? shortest_text(*row.test.statistic) : "");
        }
        table.rows.push_back(std::move(cells));
    }
    table.notes.emplace_back(
        "Change is second - first within patients who have both; of yes/no columns the odds ratio "
        "of those who changed.");
    return table;
}

}  // namespace

TextTable paired_cohort(const CohortTable& cohort, const PairedOptions& options) {
    std::vector<Row> rows;
    for (const ColumnPair& pair : pairs_of(cohort, options)) {
        for (const auto& group : groups_of(cohort, options.by)) {
            rows.push_back(row_of(cohort, pair, group, options.test));
        }
    }
    return as_table(rows, options.exact);
}

}  // namespace paraspinal
