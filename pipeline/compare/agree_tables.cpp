// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agree_tables.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/cohort_table.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

using RowOfKey = std::map<std::vector<std::string>, std::size_t>;

const CohortColumn* find_column(const CohortTable& table, std::string_view name) {
    const auto found = std::ranges::find_if(table.columns, [&](const CohortColumn& column) {
        return lower_case(column.name) == lower_case(name);
    });
    return found == table.columns.end() ? nullptr : &*found;
}

const CohortColumn& column_named(const CohortTable& table, const std::string& name) {
    const CohortColumn* const column = find_column(table, name);
    if (column == nullptr) {
        throw Error(ErrorCode::usage, "column " + name + " is not in both tables");
    }
    return *column;
}

std::vector<std::string> key_columns(const CohortTable& first,
                                     const CohortTable& second,
                                     const JoinOptions& options) {
    if (!options.key.empty()) {
        return options.key;
    }
    for (const char* const name : {"study_uid", "patient_id"}) {
        if (find_column(first, name) != nullptr && find_column(second, name) != nullptr) {
            return {name};
        }
    }
    throw Error(
        ErrorCode::usage,
        "the tables share neither study_uid nor patient_id; name the column that joins them "
        "with --key");
}

// The rows that a key names alone.
RowOfKey rows_of_keys(const CohortTable& table,
                      const std::vector<std::string>& key,
                      JoinedRows& counts) {
    std::map<std::vector<std::string>, std::vector<std::size_t>> rows;
    counts.rows = static_cast<std::int64_t>(table.patients);
    for (std::size_t row = 0; row < table.patients; ++row) {
        std::vector<std::string> cells;
        std::ranges::transform(key, std::back_inserter(cells), [&](const std::string& name) {
            return column_named(table, name).texts[row];
        });
        if (std::ranges::find(cells, "") != cells.end()) {
            ++counts.without_key;
        } else {
            rows[cells].push_back(row);
        }
    }
    RowOfKey alone;
    for (const auto& [cells, places] : rows) {
        if (places.size() == 1) {
            alone[cells] = places.front();
        } else {
            counts.duplicate += static_cast<std::int64_t>(places.size());
        }
    }
    return alone;
}

/// Rows of the first and second table with the same key.
using JoinedPairs = std::vector<std::pair<std::size_t, std::size_t>>;

JoinedPairs join(const RowOfKey& first, const RowOfKey& second, TableAgreement& result) {
    JoinedPairs pairs;
    for (const auto& [key, row] : first) {
        const auto other = second.find(key);
        if (other != second.end()) {
            pairs.emplace_back(row, other->second);
        }
    }
    if (pairs.empty()) {
        throw Error(ErrorCode::invalid_value,
                    "no row of one table has its counterpart in the other; compare their key "
                    "columns or name another with --key");
    }
    std::ranges::sort(pairs);  // In the order of the first table.
    result.joined = static_cast<std::int64_t>(pairs.size());
    result.first.unmatched = static_cast<std::int64_t>(first.size() - pairs.size());
    result.second.unmatched = static_cast<std::int64_t>(second.size() - pairs.size());
    return pairs;
}

// Columns of 0 and 1 throughout are numbers only beside a column of other numbers.
bool hold_numbers(const CohortColumn& first, const CohortColumn& second) {
    return !first.numbers.empty() && !second.numbers.empty() &&
           (first.kind == ColumnKind::number || second.kind == ColumnKind::number);
}

std::vector<std::string> compared_columns(const CohortTable& first,
                                          const CohortTable& second,
                                          const std::vector<std::string>& key,
                                          const JoinOptions& options) {
    if (!options.columns.empty()) {
        for (const std::string& name : options.columns) {
            if (!hold_numbers(column_named(first, name), column_named(second, name))) {
                throw Error(ErrorCode::usage, "column " + name + " does not hold numbers");
            }
        }
        return options.columns;
    }
    std::vector<std::string> names;
    for (const CohortColumn& column : first.columns) {
        const CohortColumn* const other = find_column(second, column.name);
        const bool is_key = std::ranges::any_of(key, [&](const std::string& name) {
            return lower_case(name) == lower_case(column.name);
        });
        if (other != nullptr && !is_key && !is_identifier(column.name) &&
            hold_numbers(column, *other)) {
            names.push_back(column.name);
        }
    }
    if (names.empty()) {
        throw Error(ErrorCode::invalid_value, "the tables share no column of numbers");
    }
    return names;
}

ColumnAgreement compared(const CohortColumn& first,
                         const CohortColumn& second,
                         const JoinedPairs& pairs) {
    ColumnAgreement result{.column = first.name};
    for (const auto& [row, other_row] : pairs) {
        result.first.push_back(first.numbers[row].value_or(kMissing));
        result.second.push_back(second.numbers[other_row].value_or(kMissing));
    }
    result.agreement = measure_agreement({.first = result.first, .second = result.second});
    return result;
}

}  // namespace

TableAgreement agree_tables(const std::filesystem::path& first_file,
                            const std::filesystem::path& second_file,
                            const JoinOptions& options) {
    TableAgreement result;
    const auto read = [&](const std::filesystem::path& file) {
        const std::string place = "file " + file.string();
        CohortTable table = within(place, [&] { return read_cohort(file, options.reading); });
        for (const std::string& note : table.notes) {
            result.notes.push_back(place + ": " + note);
        }
        return table;
    };
    const CohortTable first = read(first_file);
    const CohortTable second = read(second_file);
    result.key = key_columns(first, second, options);
    const RowOfKey rows = rows_of_keys(first, result.key, result.first);
    const RowOfKey other_rows = rows_of_keys(second, result.key, result.second);
    const JoinedPairs pairs = join(rows, other_rows, result);
    for (const std::string& name : compared_columns(first, second, result.key, options)) {
        result.columns.push_back(
            compared(column_named(first, name), column_named(second, name), pairs));
    }
    return result;
}

}  // namespace paraspinal
