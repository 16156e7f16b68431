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
#include <set>
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
        throw Error(ErrorCode::usage, "column " + name + " is not in all tables");
    }
    return *column;
}

using Tables = std::vector<CohortTable>;

bool all_have(const Tables& tables, std::string_view name) {
    return std::ranges::all_of(
        tables, [&](const CohortTable& table) { return find_column(table, name) != nullptr; });
}

std::vector<std::string> key_columns(const Tables& tables, const JoinOptions& options) {
    if (!options.key.empty()) {
        return options.key;
    }
    if (all_have(tables, "study_uid") && all_have(tables, "structure") &&
        all_have(tables, "side")) {
        return {"study_uid", "structure", "side"};
    }
    for (const char* const name : {"study_uid", "patient_id"}) {
        if (all_have(tables, name)) {
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

/// Of one subject, its row in each table.
using Subject = std::vector<std::size_t>;

std::vector<Subject> join(const std::vector<RowOfKey>& rows, TableAgreement& result) {
    std::vector<Subject> subjects;
    for (const auto& [key, row] : rows.front()) {
        Subject subject;
        for (const RowOfKey& of_table : rows) {
            const auto found = of_table.find(key);
            if (found != of_table.end()) {
                subject.push_back(found->second);
            }
        }
        if (subject.size() == rows.size()) {
            subjects.push_back(std::move(subject));
        }
    }
    if (subjects.empty()) {
        throw Error(ErrorCode::invalid_value,
                    "no row of one table has its counterpart in the others; compare their key "
                    "columns or name another with --key");
    }
    std::ranges::sort(subjects);  // In the order of the first table.
    result.joined = static_cast<std::int64_t>(subjects.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        result.tables[i].unmatched = static_cast<std::int64_t>(rows[i].size() - subjects.size());
    }
    return subjects;
}

// Columns of 0 and 1 throughout are numbers only beside a column of other numbers.
bool hold_numbers(const Tables& tables, const std::string& name) {
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

std::vector<std::string> compared_columns(const Tables& tables,
                                          const std::vector<std::string>& key,
                                          const JoinOptions& options) {
    if (!options.columns.empty()) {
        for (const std::string& name : options.columns) {
            if (!hold_numbers(tables, name)) {
                throw Error(ErrorCode::usage, "column " + name + " does not hold numbers");
            }
        }
        return options.columns;
    }
    std::vector<std::string> names;
    const bool measurements = std::ranges::all_of(tables, is_measurements);
    for (const CohortColumn& column : tables.front().columns) {
        if (measurements && !is_quantity(lower_case(column.name))) {
            continue;
        }
        const bool is_key = std::ranges::any_of(key, [&](const std::string& name) {
            return lower_case(name) == lower_case(column.name);
        });
        if (!is_key && !is_identifier(column.name) && all_have(tables, column.name) &&
            hold_numbers(tables, column.name)) {
            names.push_back(column.name);
        }
    }
    if (names.empty()) {
        throw Error(ErrorCode::invalid_value, "the tables share no column of numbers");
    }
    return names;
}

RatedColumn rated(const Tables& tables,
                  const std::string& name,
                  const std::string& group,
                  const std::vector<Subject>& subjects) {
    RatedColumn column{.column = column_named(tables.front(), name).name, .group = group};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const CohortColumn& of_table = column_named(tables[i], name);
        std::vector<double>& ratings = column.ratings.emplace_back();
        for (const Subject& subject : subjects) {
            ratings.push_back(of_table.numbers[subject[i]].value_or(kMissing));
        }
    }
    return column;
}

bool tells_structure(std::string_view key) {
    const std::string name = lower_case(key);
    return name == "structure" || name == "side";
}

using Group = std::pair<std::string, std::vector<Subject>>;

// The subjects of each structure and side, in the order of the first table.
std::vector<Group> groups_of(const CohortTable& first,
                             const std::vector<std::string>& key,
                             const std::vector<Subject>& subjects,
                             bool pooled) {
    if (std::ranges::none_of(key, tells_structure)) {
        return {{"", subjects}};
    }
    if (pooled) {
        return {{"all structures pooled", subjects}};
    }
    std::vector<Group> groups;
    for (const Subject& subject : subjects) {
        std::string name;
        for (const std::string& column : key) {
            const std::string& text = column_named(first, column).texts[subject.front()];
            if (tells_structure(column) && !text.empty()) {
                name += (name.empty() ? "" : " ") + with_spaces(text);
            }
        }
        auto found = std::ranges::find(groups, name, &Group::first);
        if (found == groups.end()) {
            groups.emplace_back(name, std::vector<Subject>{});
            found = groups.end() - 1;
        }
        found->second.push_back(subject);
    }
    return groups;
}

// Names that tell the files apart: their own, else their paths.
std::vector<std::string> rater_names(const std::vector<std::filesystem::path>& files) {
    std::vector<std::string> names;
    for (const std::filesystem::path& file : files) {
        names.push_back(file.stem().string());
    }
    const std::set<std::string> different(names.begin(), names.end());
    if (different.size() < names.size()) {
        std::ranges::transform(
            files, names.begin(), [](const std::filesystem::path& file) { return file.string(); });
    }
    return names;
}

}  // namespace

TableAgreement agree_tables(const std::vector<std::filesystem::path>& files,
                            const JoinOptions& options) {
    if (files.size() < 2) {
        throw Error(ErrorCode::usage, "give two tables or more");
    }
    TableAgreement result{.raters = rater_names(files)};
    result.tables.resize(files.size());
    Tables tables;
    for (const std::filesystem::path& file : files) {
        const std::string place = "file " + file.string();
        tables.push_back(within(place, [&] { return read_cohort(file, options.reading); }));
        for (const std::string& note : tables.back().notes) {
            result.notes.push_back(place + ": " + note);
        }
    }
    result.key = key_columns(tables, options);
    std::vector<RowOfKey> rows;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        rows.push_back(rows_of_keys(tables[i], result.key, result.tables[i]));
    }
    const std::vector<Subject> subjects = join(rows, result);
    const std::vector<Group> groups =
        groups_of(tables.front(), result.key, subjects, options.pooled);
    for (const std::string& name : compared_columns(tables, result.key, options)) {
        for (const auto& [group, of_group] : groups) {
            add_column(rated(tables, name, group, of_group), result);
        }
    }
    return result;
}

}  // namespace paraspinal
