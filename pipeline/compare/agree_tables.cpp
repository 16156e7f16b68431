// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agree_tables.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/cohort_table.h"

#include <algorithm>
#include <array>
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
    const auto both_have = [&](std::string_view name) {
        return find_column(first, name) != nullptr && find_column(second, name) != nullptr;
    };
    if (both_have("study_uid") && both_have("structure") && both_have("side")) {
        return {"study_uid", "structure", "side"};
    }
    for (const char* const name : {"study_uid", "patient_id"}) {
        if (both_have(name)) {
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
    const CohortColumn* const status = find_column(table, "status");
    for (std::size_t row = 0; row < table.patients; ++row) {
        std::vector<std::string> cells;
        bool known = true;
        for (const std::string& name : key) {
            cells.push_back(column_named(table, name).texts[row]);
            // A vertebral body has no side; a study without a name is none.
            known = known && (!cells.back().empty() || (cells.size() > 1 && !is_identifier(name)));
        }
        if (status != nullptr && lower_case(status->texts[row]) == "failed") {
            ++counts.failed;
        } else if (!known) {
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

// Quantities of measurements.csv that readers compare; not the ends of their intervals.
constexpr std::array<std::string_view, 8> kQuantities{"csa_cm2",
                                                      "fa_cm2",
                                                      "fdr_pct",
                                                      "vb_cm2",
                                                      "csa_vb_ratio",
                                                      "lean_csa_cm2",
                                                      "fat_fraction_pct",
                                                      "asymmetry_pct"};

bool is_measurements(const CohortTable& table) {
    return std::ranges::all_of(
        std::array{"csa_cm2", "fdr_pct", "level_source", "sop_instance_uid"},
        [&](std::string_view name) { return find_column(table, name) != nullptr; });
}

bool is_quantity(std::string_view name) {
    const auto starts = [&](std::string_view muscle) { return name.starts_with(muscle); };
    return std::ranges::find(kQuantities, name) != kQuantities.end() ||
           std::ranges::any_of(std::array{"mf_", "es_", "psoas_"}, starts);
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
    const bool measurements = is_measurements(first) && is_measurements(second);
    for (const CohortColumn& column : first.columns) {
        if (measurements && !is_quantity(lower_case(column.name))) {
            continue;
        }
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
    result.shape = difference_shape({.first = result.first, .second = result.second});
    return result;
}

bool tells_structure(std::string_view key) {
    const std::string name = lower_case(key);
    return name == "structure" || name == "side";
}

// The joined rows of each structure and side, in the order of the first table.
std::vector<std::pair<std::string, JoinedPairs>> groups_of(const CohortTable& first,
                                                           const std::vector<std::string>& key,
                                                           const JoinedPairs& pairs,
                                                           bool pooled) {
    if (std::ranges::none_of(key, tells_structure)) {
        return {{"", pairs}};
    }
    if (pooled) {
        return {{"all structures pooled", pairs}};
    }
    std::vector<std::pair<std::string, JoinedPairs>> groups;
    for (const auto& pair : pairs) {
        std::string name;
        for (const std::string& column : key) {
            const std::string& text = column_named(first, column).texts[pair.first];
            if (tells_structure(column) && !text.empty()) {
                name += (name.empty() ? "" : " ") + with_spaces(text);
            }
        }
        auto found = std::ranges::find(groups, name, &std::pair<std::string, JoinedPairs>::first);
        if (found == groups.end()) {
            groups.emplace_back(name, JoinedPairs{});
            found = groups.end() - 1;
        }
        found->second.push_back(pair);
    }
    return groups;
}

}  // namespace

std::string agreement_name(const ColumnAgreement& one) {
    return one.column + (one.group.empty() ? "" : ", " + one.group);
}

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
    const auto groups = groups_of(first, result.key, pairs, options.pooled);
    for (const std::string& name : compared_columns(first, second, result.key, options)) {
        for (const auto& [group, rows_of_group] : groups) {
            result.columns.push_back(
                compared(column_named(first, name), column_named(second, name), rows_of_group));
            result.columns.back().group = group;
        }
    }
    return result;
}

}  // namespace paraspinal
