// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/compare_groups.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/statistics/count_tests.h"
#include "risk/statistics/mann_whitney.h"
#include "risk/statistics/roc.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace paraspinal {
namespace {

constexpr std::size_t kFewValues = 10;
constexpr double kSkewed = 1;
constexpr double kSmallestExpectedCount = 5;

// Which group each patient belongs to: 0, 1, or none.
struct Grouping {
    std::vector<std::string> names;
    std::vector<std::optional<std::size_t>> group;
};

// The values of a column, "yes" and "1" first as in the papers.
std::vector<std::string> values_there(const CohortColumn& by) {
    std::set<std::string> found(by.texts.begin(), by.texts.end());
    found.erase("");
    std::vector<std::string> names(found.begin(), found.end());
    if (by.kind == ColumnKind::yes_no) {
        std::ranges::reverse(names);
    }
    return names;
}

Grouping grouping_of(const CohortTable& cohort, const CompareOptions& options) {
    const CohortColumn& by = shown_column(cohort, options.by);
    Grouping grouping{.names = options.groups.empty() ? values_there(by) : options.groups};
    if (grouping.names.size() != 2) {
        std::string there;
        for (const std::string& name : values_there(by)) {
            there += " " + name;
        }
        throw Error(ErrorCode::usage,
                    "a comparison needs two groups; name them with --groups A,B out of:" + there);
    }
    for (const std::string& text : by.texts) {
        const auto found = std::ranges::find(grouping.names, text);
        grouping.group.push_back(
            found == grouping.names.end()
                ? std::nullopt
                : std::optional(static_cast<std::size_t>(found - grouping.names.begin())));
    }
    return grouping;
}

double skewness(const std::vector<double>& values) {
    const SampleMoments moments = sample_moments(values);
    double cubes = 0;
    double squares = 0;
    for (const double value : values) {
        cubes += std::pow(value - moments.mean, 3);
        squares += std::pow(value - moments.mean, 2);
    }
    const double variance = squares / moments.n;
    return variance > 0 ? cubes / moments.n / std::pow(variance, 1.5) : 0;
}

using TwoGroups = std::array<std::vector<double>, 2>;

struct Row {
    std::vector<std::string> first_cells;  // Variable, both groups.
    std::string effect;
    std::string test;
    std::optional<double> p;
};

NumberTest chosen_test(const std::vector<double>& a,
                       const std::vector<double>& b,
                       NumberTest test) {
    if (test != NumberTest::automatic) {
        return test;
    }
    const bool doubtful = a.size() < kFewValues || b.size() < kFewValues ||
                          std::abs(skewness(a)) > kSkewed || std::abs(skewness(b)) > kSkewed;
    return doubtful ? NumberTest::mann_whitney : NumberTest::welch;
}

std::string superiority(const TwoGroups& values) {
    std::vector<double> score = values[0];
    score.insert(score.end(), values[1].begin(), values[1].end());
    std::vector<std::uint8_t> event(values[0].size(), 1);
    event.resize(score.size(), 0);
    return "PS " + interval_text(area_under_curve({.score = score, .event = event}), 2);
}

Row number_row(const CohortColumn& column, const Grouping& grouping, NumberTest wanted) {
    TwoGroups values;
    for (std::size_t i = 0; i < column.numbers.size(); ++i) {
        if (grouping.group[i] && column.numbers[i]) {
            values.at(*grouping.group[i]).push_back(*column.numbers[i]);
        }
    }
    const SampleMoments a = sample_moments(values[0]);
    const SampleMoments b = sample_moments(values[1]);
    const auto text = [](const SampleMoments& moments) {
        return moments.n > 0 ? fixed_text(moments.mean, 2) + " ± " + fixed_text(moments.sd, 2)
                             : std::string();
    };
    Row row{.first_cells = {column.name, text(a), text(b)}};
    const NumberTest test = chosen_test(values[0], values[1], wanted);
    try {
        const bool equal = test == NumberTest::student;
        if (test == NumberTest::mann_whitney) {
            const TestResult result = mann_whitney_u_test(values[0], values[1]);
            row.effect = superiority(values);
            row.test = result.method;
            row.p = result.p;
        } else {
            const TestResult result = equal ? student_t_test(a, b) : welch_t_test(a, b);
            row.effect = "MD " + interval_text(mean_difference(a, b, equal), 2);
            row.test = result.method;
            row.p = result.p;
        }
    } catch (const Error& error) {
        row.test = error.message();
    }
    return row;
}

// Counts of each class in both groups.
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
    classes.table.assign(2, std::vector<std::int64_t>(classes.names.size(), 0));
    for (std::size_t i = 0; i < column.texts.size(); ++i) {
        if (grouping.group[i] && !column.texts[i].empty()) {
            const auto place = std::ranges::find(classes.names, text(i)) - classes.names.begin();
            ++classes.table[*grouping.group[i]][static_cast<std::size_t>(place)];
        }
    }
    return classes;
}

void test_classes(const Classes& classes, ClassTest wanted, Row& row) {
    try {
        const bool few = smallest_expected_count(classes.table) < kSmallestExpectedCount;
        const bool fisher = wanted == ClassTest::fisher || (wanted == ClassTest::automatic && few &&
                                                            fisher_is_feasible(classes.table));
        const TestResult result =
            fisher ? fisher_exact_test(classes.table) : pearson_chi_square_test(classes.table);
        row.test = result.method + (few && !fisher ? ", low counts" : "");
        row.p = result.p;
        row.effect = classes.names.size() == 2 ? "OR " + interval_text(odds_ratio(classes.table), 2)
                                               : "V " + fixed_text(cramers_v(classes.table), 2);
    } catch (const Error& error) {
        row.test = error.message();
    }
}

// One row for yes/no, else a row for the test and one for each class.
std::vector<Row> class_rows(const CohortColumn& column,
                            const Grouping& grouping,
                            ClassTest wanted) {
    const Classes classes = classes_of(column, grouping);
    const auto count = [&](std::size_t group, std::size_t place) {
        std::int64_t all = 0;
        for (const std::int64_t one : classes.table[group]) {
            all += one;
        }
        const std::int64_t here = classes.table[group][place];
        const double share = all > 0 ? static_cast<double>(here) / static_cast<double>(all) : 0;
        return std::to_string(here) + " (" + percent_text(share, 1) + ")";
    };
    std::vector<Row> rows(1);
    test_classes(classes, wanted, rows.front());
    if (column.kind == ColumnKind::yes_no && !classes.names.empty()) {
        rows.front().first_cells = {
            column.name + " (" + classes.names.front() + ")", count(0, 0), count(1, 0)};
        return rows;
    }
    rows.front().first_cells = {column.name, "", ""};
    for (std::size_t place = 0; place < classes.names.size(); ++place) {
        rows.push_back(
            {.first_cells = {"- " + classes.names[place], count(0, place), count(1, place)}});
    }
    return rows;
}

TextTable as_table(const std::vector<Row>& rows, const Grouping& grouping, bool exact) {
    std::vector<double> p;
    for (const Row& row : rows) {
        if (row.p) {
            p.push_back(*row.p);
        }
    }
    const std::vector<double> holm = holm_adjusted(p);
    const std::vector<double> bh = benjamini_hochberg_adjusted(p);
    TextTable table{.columns = {"variable"}};
    for (std::size_t group = 0; group < 2; ++group) {
        const auto size = std::ranges::count(grouping.group, std::optional(group));
        table.columns.push_back(grouping.names[group] + " (n = " + std::to_string(size) + ")");
    }
    for (const char* const name : {"effect (95 % CI)", "test", "P", "Holm", "BH"}) {
        table.columns.emplace_back(name);
    }
    std::size_t tested = 0;
    for (const Row& row : rows) {
        std::vector<std::string> cells = row.first_cells;
        cells.push_back(row.effect);
        cells.push_back(row.test);
        for (const std::vector<double>& values : {p, holm, bh}) {
            cells.push_back(row.p ? p_value_text(values[tested], exact) : "");
        }
        tested += row.p ? 1 : 0;
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace

TextTable compare_cohort(const CohortTable& cohort, const CompareOptions& options) {
    const Grouping grouping = grouping_of(cohort, options);
    std::vector<std::string> names = options.columns;
    if (names.empty()) {
        for (const CohortColumn& column : cohort.columns) {
            if (is_summarized(column.kind) && &column != &cohort_column(cohort, options.by)) {
                names.push_back(column.name);
            }
        }
    }
    std::vector<Row> rows;
    for (const std::string& name : names) {
        const CohortColumn& column = shown_column(cohort, name);
        if (column.kind == ColumnKind::number) {
            rows.push_back(number_row(column, grouping, options.number_test));
        } else if (column.kind != ColumnKind::empty) {
            const std::vector<Row> more = class_rows(column, grouping, options.class_test);
            rows.insert(rows.end(), more.begin(), more.end());
        }
    }
    return as_table(rows, grouping, options.exact);
}

}  // namespace paraspinal
