// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/compared_columns.h"

#include "core/error.h"
#include "core/structure.h"
#include "core/text.h"
#include "pipeline/tables/columns/identifiers.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

// Columns of 0 and 1 throughout are numbers only beside a column of other numbers.
bool hold_numbers(const std::vector<CohortTable>& tables, const std::string& name) {
    bool some = false;
    for (const CohortTable& table : tables) {
        const CohortColumn& column = column_named(table, name);
        if (column.numbers.empty()) {
            return false;
        }
        some = some || column.kind == ColumnKind::number;
    }
    return some;
}

bool is_measurements(const CohortTable& table) {
    return std::ranges::all_of(
        std::array{"csa_cm2", "fdr_pct", "level_source", "sop_instance_uid"},
        [&](std::string_view name) { return find_column(table, name) != nullptr; });
}

bool is_quantity(std::string_view name) {
    const auto is_of = [&](const StructureKind& kind) {
        return has_sides(kind) && name.starts_with(std::string(kind.short_name) + "_");
    };
    return std::ranges::find(kComparedQuantities, name) != kComparedQuantities.end() ||
           std::ranges::any_of(structure_kinds(), is_of);
}

bool hold_classes(const std::vector<CohortTable>& tables, const std::string& name) {
    return std::ranges::all_of(tables, [&](const CohortTable& table) {
        const ColumnKind kind = column_named(table, name).kind;
        return kind == ColumnKind::yes_no || kind == ColumnKind::categorical ||
               kind == ColumnKind::ordered;
    });
}

// Whether it is one of the two; then it is there.
bool take(const std::vector<CohortTable>& tables,
          const std::string& name,
          ComparedColumns& columns) {
    if (hold_numbers(tables, name)) {
        columns.numbers.push_back(name);
        return true;
    }
    if (hold_classes(tables, name)) {
        columns.classes.push_back(name);
        return true;
    }
    return false;
}

}  // namespace

const CohortColumn* find_column(const CohortTable& table, std::string_view name) {
    const auto found = std::ranges::find_if(table.columns, [&](const CohortColumn& column) {
        return lower_case(column.name) == lower_case(name);
    });
    return found == table.columns.end() ? nullptr : &*found;
}

const CohortColumn& column_named(const CohortTable& table, const std::string& name) {
    const CohortColumn* const column = find_column(table, name);
    if (column == nullptr) {
        throw Error(ErrorCode::usage, "column " + name + " is not in all tables");
    }
    return *column;
}

bool all_have(const std::vector<CohortTable>& tables, std::string_view name) {
    return std::ranges::all_of(
        tables, [&](const CohortTable& table) { return find_column(table, name) != nullptr; });
}

ComparedColumns compared_columns(const std::vector<CohortTable>& tables,
                                 const std::vector<std::string>& key,
                                 const std::vector<std::string>& asked) {
    ComparedColumns columns;
    for (const std::string& name : asked) {
        if (!take(tables, name, columns)) {
            throw Error(ErrorCode::usage,
                        "column " + name + " does not hold numbers or classes in every table");
        }
    }
    if (!asked.empty()) {
        return columns;
    }
    const bool measurements = std::ranges::all_of(tables, is_measurements);
    for (const CohortColumn& column : tables.front().columns) {
        if (measurements && !is_quantity(lower_case(column.name))) {
            continue;
        }
        const bool is_key = std::ranges::any_of(key, [&](const std::string& name) {
            return lower_case(name) == lower_case(column.name);
        });
        if (!is_key && !is_identifier(column.name) && all_have(tables, column.name)) {
            take(tables, column.name, columns);
        }
    }
    if (columns.numbers.empty() && columns.classes.empty()) {
        throw Error(ErrorCode::invalid_value, "the tables share no column of numbers or classes");
    }
    return columns;
}

}  // namespace paraspinal
