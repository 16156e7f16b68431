// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/cohort_dictionary.h"

#include "core/text.h"
#include "pipeline/tables/columns/column_label.h"

#include <algorithm>
#include <set>
#include <string>

namespace paraspinal {
namespace {

std::string classes_of(const CohortColumn& column) {
    if (column.kind != ColumnKind::categorical && column.kind != ColumnKind::ordered) {
        return {};
    }
    if (!column.classes.empty()) {
        return joined(column.classes, ";");
    }
    std::set<std::string> classes(column.texts.begin(), column.texts.end());
    classes.erase("");
    return joined({classes.begin(), classes.end()}, ";");
}

}  // namespace

TextTable cohort_dictionary(const CohortTable& cohort) {
    TextTable table{
        .columns = {"column", "means", "type", "unit", "label", "classes", "missing", "n", "note"}};
    for (const CohortColumn& column : cohort.columns) {
        const auto known = std::ranges::count_if(
            column.texts, [](const std::string& text) { return !text.empty(); });
        table.rows.push_back(
            {column.header,
             column.name == column.header ? "" : column.name,
             column.is_asked ? "" : std::string(column_kind_name(column.kind)),
             column.unit,
             column.label.empty() ? std::string(known_label(column.name)) : column.label,
             classes_of(column),
             joined(column.missing, ";"),
             std::to_string(known),
             column.is_asked ? "few whole numbers: number, classes or ordered?" : ""});
    }
    return table;
}

}  // namespace paraspinal
