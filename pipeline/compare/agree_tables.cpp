// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agree_tables.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/compare/compared_columns.h"
#include "pipeline/tables/columns/class_order.h"
#include "pipeline/tables/columns/identifiers.h"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

using RowOfKey = std::map<std::vector<std::string>, std::size_t>;

using Tables = std::vector<CohortTable>;

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

// What a subject is put into, in lower case; empty where missing.
std::string class_in(const CohortColumn& column, std::size_t row) {
    if (column.kind == ColumnKind::yes_no) {
        return column.numbers[row] ? (*column.numbers[row] == 1 ? "yes" : "no") : "";
    }
    return lower_case(column.texts[row]);
}

RatedClasses rated_classes(const Tables& tables,
                           const std::string& name,
                           const std::string& group,
                           const std::vector<Subject>& subjects) {
    const CohortColumn& first = column_named(tables.front(), name);
    std::set<std::string> found;
    std::vector<std::vector<std::string>> texts(tables.size());
    for (std::size_t i = 0; i < tables.size(); ++i) {
        for (const Subject& subject : subjects) {
            texts[i].push_back(class_in(column_named(tables[i], name), subject[i]));
            found.insert(texts[i].back());
        }
    }
    found.erase("");
    const std::vector<std::string> names(found.begin(), found.end());
    RatedClasses rated{.column = first.name, .group = group, .classes = {}, .ratings = {}};
    rated.is_ordered =
        first.kind == ColumnKind::ordered && class_without_place(names, first).empty();
    rated.classes = names;
    if (rated.is_ordered) {
        std::ranges::transform(class_order(names, first),
                               rated.classes.begin(),
                               [&](std::size_t place) { return names[place]; });
    }
    for (const std::vector<std::string>& of_table : texts) {
        auto& ratings = rated.ratings.emplace_back();
        for (const std::string& text : of_table) {
            const auto place = std::ranges::find(rated.classes, text);
            ratings.push_back(place == rated.classes.end() ? std::nullopt
                                                           : std::optional(static_cast<std::size_t>(
                                                                 place - rated.classes.begin())));
        }
    }
    return rated;
}

void add_classes(const RatedClasses& rated, TableAgreement& result) {
    for (ClassAgreement& one : agree_classes(rated, result.raters)) {
        if (result.raters.size() == 2) {
            one.raters.clear();
        }
        result.classes.push_back(std::move(one));
    }
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
    const ComparedColumns columns = compared_columns(tables, result.key, options.columns);
    for (const auto& [group, of_group] : groups) {
        for (const std::string& name : columns.classes) {
            add_classes(rated_classes(tables, name, group, of_group), result);
        }
    }
    for (const std::string& name : columns.numbers) {
        for (const auto& [group, of_group] : groups) {
            add_column(rated(tables, name, group, of_group), result);
        }
    }
    return result;
}

}  // namespace paraspinal
