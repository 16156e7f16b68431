// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/compare_rows.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/columns/class_order.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/statistics/area_under_curve.h"
#include "risk/statistics/count_tests.h"
#include "risk/statistics/mann_whitney.h"
#include "risk/statistics/several_groups.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace paraspinal {
namespace {

constexpr std::size_t kFewValues = 10;
constexpr double kSkewed = 1;
constexpr double kSmallestExpectedCount = 5;
// More classes than vertebrae from T1 to S1 are names or numbers with unreadable cells.
constexpr std::size_t kMostClasses = 20;

using Groups = std::vector<std::vector<double>>;

Groups values_of(const CohortColumn& column, const Grouping& grouping) {
    Groups values(grouping.names.size());
    for (std::size_t i = 0; i < column.numbers.size(); ++i) {
        if (grouping.group[i] && column.numbers[i]) {
            values[*grouping.group[i]].push_back(*column.numbers[i]);
        }
    }
    return values;
}

NumberTest chosen_test(const Groups& values, NumberTest test) {
    if (test != NumberTest::automatic) {
        return test;
    }
    const bool doubtful = std::ranges::any_of(values, [](const std::vector<double>& group) {
        return group.size() < kFewValues || std::abs(skewness(group)) > kSkewed;
    });
    return doubtful ? NumberTest::mann_whitney : NumberTest::welch;
}

ScoredPatients scored(const std::vector<double>& score, const std::vector<std::uint8_t>& event) {
    return {.score = score, .event = event};
}

// Probability that a patient of the first group has the larger value.
void add_superiority(const Groups& values, CompareRow& row) {
    std::vector<double> score = values[0];
    score.insert(score.end(), values[1].begin(), values[1].end());
    std::vector<std::uint8_t> event(values[0].size(), 1);
    event.resize(score.size(), 0);
    row.effect_kind = "PS";
    row.effect = area_under_curve(scored(score, event));
    row.effect_text = "PS " + interval_text(row.effect, 2);
    if (has_degenerate_area(scored(score, event))) {
        row.note = "the groups overlap too little for DeLong: interval of PS after Newcombe";
    }
}

void test_two(const Groups& values,
              const std::vector<SampleMoments>& moments,
              NumberTest test,
              CompareRow& row) {
    if (test == NumberTest::mann_whitney) {
        row.test = mann_whitney_u_test(values[0], values[1]);
        add_superiority(values, row);
        return;
    }
    const bool equal = test == NumberTest::student;
    row.test =
        equal ? student_t_test(moments[0], moments[1]) : welch_t_test(moments[0], moments[1]);
    row.effect_kind = "MD";
    row.effect = mean_difference(moments[0], moments[1], equal);
    row.effect_text = "MD " + interval_text(row.effect, 2);
}

TestResult test_several(const Groups& values,
                        const std::vector<SampleMoments>& moments,
                        NumberTest test) {
    return test == NumberTest::mann_whitney ? kruskal_wallis_test(values)
           : test == NumberTest::student    ? one_way_anova(moments)
                                            : welch_anova(moments);
}

// Counts of each class in the groups.
struct Classes {
    std::vector<std::string> names;
    CountTable table;  // Groups by classes.
};

Classes classes_of(const CohortColumn& column, const Grouping& grouping) {
    const bool yes_no = column.kind == ColumnKind::yes_no;
    const auto text = [&](std::size_t i) {
        return yes_no ? std::string(column.numbers[i] == 1.0 ? "yes" : "no") : column.texts[i];
    };
    std::set<std::string> names;
    for (std::size_t i = 0; i < column.texts.size(); ++i) {
        if (grouping.group[i] && !column.texts[i].empty()) {
            names.insert(text(i));
        }
    }
    Classes classes{.names = {names.begin(), names.end()}};
    if (yes_no) {
        std::ranges::reverse(classes.names);
    }
    classes.table.assign(grouping.names.size(), std::vector<std::int64_t>(classes.names.size(), 0));
    for (std::size_t i = 0; i < column.texts.size(); ++i) {
        if (grouping.group[i] && !column.texts[i].empty()) {
            const auto place = std::ranges::find(classes.names, text(i)) - classes.names.begin();
            ++classes.table[*grouping.group[i]][static_cast<std::size_t>(place)];
        }
    }
    return classes;
}

Classes in_order(const Classes& classes, const CohortColumn& column) {
    Classes sorted;
    sorted.table.resize(classes.table.size());
    for (const std::size_t place : class_order(classes.names, column)) {
        sorted.names.push_back(classes.names[place]);
        for (std::size_t group = 0; group < classes.table.size(); ++group) {
            sorted.table[group].push_back(classes.table[group][place]);
        }
    }
    return sorted;
}

// By the places of the classes alone: a test of ranks.
void test_order(const Classes& sorted, CompareRow& row) {
    Groups values;
    for (const std::vector<std::int64_t>& group : sorted.table) {
        values.emplace_back();
        for (std::size_t place = 0; place < group.size(); ++place) {
            values.back().insert(values.back().end(),
                                 static_cast<std::size_t>(group[place]),
                                 static_cast<double>(place));
        }
    }
    try {
        if (values.size() == 2) {
            test_two(values, {}, NumberTest::mann_whitney, row);
        } else {
            row.test = kruskal_wallis_test(values);
        }
        row.has_p = true;
        row.note += (row.note.empty() ? "order: " : "; order: ") + joined(sorted.names, " < ");
    } catch (const Error& error) {
        row.test = {.method = error.message()};
    }
}

IntervalEstimate logarithm(const IntervalEstimate& ratio) {
    return {
        .value = std::log(ratio.value), .low = std::log(ratio.low), .high = std::log(ratio.high)};
}

void test_classes(const Classes& classes, ClassTest wanted, bool yes_no, CompareRow& row) {
    try {
        const bool few = smallest_expected_count(classes.table) < kSmallestExpectedCount;
        const bool fisher = wanted == ClassTest::fisher || (wanted == ClassTest::automatic && few &&
                                                            fisher_is_feasible(classes.table));
        row.test =
            fisher ? fisher_exact_test(classes.table) : pearson_chi_square_test(classes.table);
        row.test.method += few && !fisher ? ", low counts" : "";
        row.has_p = true;
        if (classes.names.size() == 2 && classes.table.size() == 2) {
            row.effect = odds_ratio(classes.table);
            row.effect_kind = "OR";
            row.effect_text = (yes_no ? "OR " : "OR of " + classes.names.front() + " ") +
                              ratio_text(logarithm(*row.effect), 2);
        } else {
            const double v = cramers_v(classes.table);
            row.effect_kind = "V";
            row.effect_text = "V " + fixed_text(v, 2);
        }
    } catch (const Error& error) {
        row.test = {.method = error.message()};
    }
}

std::int64_t total(const std::vector<std::int64_t>& counts) {
    std::int64_t all = 0;
    for (const std::int64_t one : counts) {
        all += one;
    }
    return all;
}

std::vector<GroupCell> counts_of(const Classes& classes, std::size_t place) {
    std::vector<GroupCell> cells;
    for (const std::vector<std::int64_t>& group : classes.table) {
        const std::int64_t all = total(group);
        const double share =
            all > 0 ? static_cast<double>(group[place]) / static_cast<double>(all) : 0;
        cells.push_back({.text = std::to_string(group[place]) + " (" + percent_text(share, 1) + ")",
                         .n = static_cast<double>(all),
                         .count = group[place]});
    }
    return cells;
}

}  // namespace

CompareRow number_row(const CohortColumn& column, const Grouping& grouping, NumberTest wanted) {
    const Groups values = values_of(column, grouping);
    std::vector<SampleMoments> moments;
    CompareRow row{.variable = column.name};
    for (const std::vector<double>& group : values) {
        moments.push_back(sample_moments(group));
        const SampleMoments& one = moments.back();
        row.groups.push_back({.text = moments_text(one),
                              .n = one.n,
                              .mean = one.n > 0 ? std::optional(one.mean) : std::nullopt,
                              .sd = one.n > 1 ? std::optional(one.sd) : std::nullopt});
    }
    const NumberTest test = chosen_test(values, wanted);
    try {
        if (values.size() == 2) {
            test_two(values, moments, test, row);
        } else {
            row.test = test_several(values, moments, test);
        }
        row.has_p = true;
    } catch (const Error& error) {
        row.test = {.method = error.message()};
    }
    return row;
}

std::vector<CompareRow> class_rows(const CohortColumn& column,
                                   const Grouping& grouping,
                                   ClassTest wanted) {
    const bool is_ordered = column.kind == ColumnKind::ordered;
    const Classes unsorted = classes_of(column, grouping);
    const Classes classes = is_ordered ? in_order(unsorted, column) : unsorted;
    std::vector<CompareRow> rows(1, CompareRow{.variable = column.name});
    rows.front().groups.resize(grouping.names.size());
    if (classes.names.size() > kMostClasses) {
        rows.front().test.method =
            std::to_string(classes.names.size()) + " different texts: not compared";
        return rows;
    }
    const bool yes_no = column.kind == ColumnKind::yes_no;
    const std::string stranger =
        is_ordered ? class_without_place(classes.names, column) : std::string();
    // Two classes have no order to speak of.
    if (is_ordered && wanted == ClassTest::automatic && stranger.empty() &&
        classes.names.size() > 2) {
        test_order(classes, rows.front());
    } else {
        test_classes(classes, wanted, yes_no, rows.front());
    }
    if (!stranger.empty()) {
        rows.front().note = "compared without order, in which '" + stranger + "' has no place";
    }
    if (yes_no && !classes.names.empty()) {
        rows.front().variable += " (" + classes.names.front() + ")";
        rows.front().groups = counts_of(classes, 0);
        return rows;
    }
    for (std::size_t place = 0; place < classes.names.size(); ++place) {
        rows.push_back(
            {.variable = "- " + classes.names[place], .groups = counts_of(classes, place)});
    }
    return rows;
}

}  // namespace paraspinal
