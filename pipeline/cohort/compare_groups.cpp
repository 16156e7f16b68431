// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/compare_groups.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/cohort/compare_rows.h"
#include "pipeline/cohort/event_rates.h"
#include "pipeline/tables/statistics_text.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

// Columns of the contract that are events.
constexpr std::array<std::string_view, 5> kEvents{"new_fracture",
                                                  "adjacent_fracture",
                                                  "remote_fracture",
                                                  "same_level_fracture",
                                                  "contiguous_fracture"};
constexpr std::size_t kMostGroups = 12;

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

std::string exact(const std::optional<double>& value) {
    return value ? full_text(*value) : std::string();
}

// The same row in numbers, behind the cells for people.
std::vector<std::string> machine_cells(const CompareRow& row) {
    std::vector<std::string> cells;
    for (const GroupCell& group : row.groups) {
        const bool known = group.mean || group.count;
        cells.push_back(known ? shortest_text(group.n) : "");
        cells.push_back(group.count ? std::to_string(*group.count) : "");
        cells.push_back(exact(group.mean));
        cells.push_back(exact(group.sd));
    }
    cells.push_back(row.effect_kind);
    cells.push_back(row.effect ? exact(row.effect->value) : "");
    cells.push_back(row.effect ? exact(row.effect->low) : "");
    cells.push_back(row.effect ? exact(row.effect->high) : "");
    cells.push_back(exact(row.test.statistic));
    cells.push_back(exact(row.test.degrees_of_freedom));
    cells.push_back(row.note);
    return cells;
}

std::vector<std::string> machine_columns(std::size_t groups) {
    std::vector<std::string> columns;
    for (std::size_t group = 1; group <= groups; ++group) {
        for (const char* const name : {"n_", "count_", "mean_", "sd_"}) {
            columns.push_back(name + std::to_string(group));
        }
    }
    for (const char* const name : {"effect_kind",
                                   "effect",
                                   "effect_low",
                                   "effect_high",
                                   "statistic",
                                   "degrees_of_freedom",
                                   "note"}) {
        columns.emplace_back(name);
    }
    return columns;
}

TextTable as_table(const std::vector<CompareRow>& rows,
                   const Grouping& grouping,
                   bool for_machine) {
    std::vector<double> p;
    for (const CompareRow& row : rows) {
        if (row.has_p) {
            p.push_back(row.test.p);
        }
    }
    const std::vector<double> holm = holm_adjusted(p);
    const std::vector<double> bh = benjamini_hochberg_adjusted(p);
    TextTable table{.columns = {"variable"}};
    for (std::size_t group = 0; group < grouping.names.size(); ++group) {
        const auto size = std::ranges::count(grouping.group, std::optional(group));
        table.columns.push_back(grouping.names[group] + " (n = " + std::to_string(size) + ")");
    }
    for (const char* const name : {"effect (95 % CI)", "test", "P", "Holm", "BH"}) {
        table.columns.emplace_back(name);
    }
    std::size_t tested = 0;
    for (const CompareRow& row : rows) {
        std::vector<std::string> cells{row.variable};
        for (const GroupCell& group : row.groups) {
            cells.push_back(group.text);
        }
        cells.push_back(row.effect_text);
        cells.push_back(row.test.method);
        for (const std::vector<double>& values : {p, holm, bh}) {
            cells.push_back(row.has_p ? p_value_text(values[tested], for_machine) : "");
        }
        tested += row.has_p ? 1 : 0;
        if (for_machine) {
            const std::vector<std::string> more = machine_cells(row);
            cells.insert(cells.end(), more.begin(), more.end());
        }
        table.rows.push_back(std::move(cells));
        if (!row.note.empty()) {
            table.notes.push_back(row.variable + ": " + row.note);
        }
    }
    if (for_machine) {
        const std::vector<std::string> more = machine_columns(grouping.names.size());
        table.columns.insert(table.columns.end(), more.begin(), more.end());
    }
    return table;
}

// The time of observation, where the cohort has it.
const CohortColumn* follow_up_of(const CohortTable& cohort, const CompareOptions& options) {
    const auto found = std::ranges::find_if(cohort.columns, [&](const CohortColumn& column) {
        return lower_case(column.name) == lower_case(options.follow_up);
    });
    return found != cohort.columns.end() && found->kind == ColumnKind::number ? &*found : nullptr;
}

bool is_event(const CohortColumn& column, const CompareOptions& options) {
    const auto called = [&](std::string_view name) {
        return lower_case(name) == lower_case(column.name);
    };
    return column.kind == ColumnKind::yes_no &&
           (options.events.empty() ? std::ranges::any_of(kEvents, called)
                                   : std::ranges::any_of(options.events, called));
}

}  // namespace

Grouping grouping_of(const CohortTable& cohort, const CompareOptions& options) {
    const CohortColumn& by = shown_column(cohort, options.by);
    Grouping grouping{.names = options.groups.empty() ? values_there(by) : options.groups};
    if (grouping.names.size() < 2 || grouping.names.size() > kMostGroups) {
        constexpr std::size_t kListed = 8;
        std::vector<std::string> there = values_there(by);
        const std::string more =
            there.size() > kListed ? " ... (" + std::to_string(there.size()) + " in all)" : "";
        there.resize(std::min(kListed, there.size()));
        throw Error(
            ErrorCode::usage,
            "a comparison needs two groups, or a few; name them with --groups A,B out of: " +
                joined(there, ", ") + more);
    }
    for (const std::string& text : by.texts) {
        const auto found = std::ranges::find(grouping.names, text);
        grouping.group.push_back(
            found == grouping.names.end()
                ? std::nullopt
                : std::optional(static_cast<std::size_t>(found - grouping.names.begin())));
    }
    for (std::size_t place = 0; place < grouping.names.size(); ++place) {
        if (std::ranges::count(grouping.group, std::optional(place)) == 0) {
            throw Error(ErrorCode::usage,
                        "column " + by.name + " never holds " + grouping.names[place]);
        }
    }
    if (by.kind == ColumnKind::yes_no && !options.exact) {
        for (std::string& name : grouping.names) {
            name = name == "1" ? "yes" : name == "0" ? "no" : name;
        }
    }
    return grouping;
}

std::vector<const CohortColumn*> compared_columns(const CohortTable& cohort,
                                                  const CompareOptions& options) {
    std::vector<const CohortColumn*> columns;
    for (const std::string& name : options.columns) {
        columns.push_back(&shown_column(cohort, name));
    }
    if (options.columns.empty()) {
        for (const CohortColumn& column : cohort.columns) {
            // Of a measurement its quantities: how and by whom it was made is named where asked
            // for.
            const bool is_meant =
                column.is_measured ? column.kind == ColumnKind::number : is_summarized(column.kind);
            if (is_meant && &column != &cohort_column(cohort, options.by)) {
                columns.push_back(&column);
            }
        }
    }
    return columns;
}

TextTable compare_cohort(const CohortTable& cohort, const CompareOptions& options) {
    const Grouping grouping = grouping_of(cohort, options);
    const CohortColumn* const follow_up = follow_up_of(cohort, options);
    std::vector<CompareRow> rows;
    for (const CohortColumn* const one : compared_columns(cohort, options)) {
        const CohortColumn& column = *one;
        if (column.kind == ColumnKind::number) {
            rows.push_back(number_row(column, grouping, options.number_test));
        } else if (column.kind != ColumnKind::empty) {
            const std::vector<CompareRow> more = class_rows(column, grouping, options.class_test);
            rows.insert(rows.end(), more.begin(), more.end());
        }
        if (follow_up != nullptr && is_event(column, options)) {
            const std::vector<CompareRow> more = rate_rows(column, *follow_up, grouping);
            rows.insert(rows.end(), more.begin(), more.end());
        }
    }
    TextTable table = as_table(rows, grouping, options.exact);
    if (follow_up != nullptr) {
        if (std::string warning = unlike_follow_up(*follow_up, grouping); !warning.empty()) {
            table.notes.insert(table.notes.begin(), std::move(warning));
        }
    }
    return table;
}

}  // namespace paraspinal
