// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/clinical_columns.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "core/text.h"
#include "io/output_file.h"
#include "io/tables/cell_text.h"
#include "io/tables/write_csv.h"
#include "pipeline/tables/columns/raw_table.h"
#include "pipeline/tables/join_measurements.h"

#include <algorithm>
#include <map>

namespace paraspinal {
namespace {

std::string csv_of(const RawTable& table, const std::vector<const RawColumn*>& columns) {
    std::vector<std::string> cells;
    for (const RawColumn* const column : columns) {
        cells.push_back(column->is_measured ? column->name : column->header);
    }
    std::string text;
    append_csv_row(text, cells);
    for (std::size_t row = 0; row < table.lines.size(); ++row) {
        cells.clear();
        for (const RawColumn* const column : columns) {
            cells.push_back(plain_text(column->cells[row]));
        }
        append_csv_row(text, cells);
    }
    return text;
}

bool is_missing(const std::string& text, const CohortColumn& typed) {
    return is_missing_text(text) || std::ranges::find(typed.missing, text) != typed.missing.end();
}

// The table with empty cells where it says that a value is missing.
RawTable without_missing(RawTable table, const CohortTable& typed) {
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const CohortColumn& column = typed.columns[i];
        for (std::size_t row = 0; row < column.texts.size(); ++row) {
            ColumnCell& cell = table.columns[i].cells[row];
            if (column.texts[row].empty() && is_missing(cell.text, column)) {
                cell.text.clear();
                cell.number.reset();
            }
        }
    }
    return table;
}

// Gives the IDs of `other` the spelling that `table` has, where it has one.
void respell_ids(RawTable& other, const RawTable& table, std::string_view key) {
    const auto own = column_of(table, key);
    const auto others = column_of(other, key);
    if (!own || !others) {
        return;
    }
    std::map<std::string, std::string> spellings;
    for (const ColumnCell& cell : table.columns[*own].cells) {
        spellings.emplace(plain_patient_id(cell.text), cell.text);
    }
    for (ColumnCell& cell : other.columns[*others].cells) {
        const auto found = spellings.find(plain_patient_id(cell.text));
        cell.text = found == spellings.end() ? cell.text : found->second;
    }
}

}  // namespace

ClinicalColumns add_clinical_columns(const std::filesystem::path& file,
                                     const std::filesystem::path& clinical,
                                     const CohortReading& reading,
                                     const ClinicalTarget& target) {
    RawTable table = read_raw_table(file, {});
    const std::string place = "file " + clinical.filename().string();
    const CohortTable typed = within(place, [&] {
        return read_cohort(clinical, {.table = reading.table, .types = reading.types});
    });
    RawTable other = without_missing(
        within(place, [&] { return read_raw_table(clinical, reading.table); }), typed);
    if (target.has_plain_ids) {
        respell_ids(other, table, "patient_id");
    }
    ClinicalColumns result{
        .join = join_tables(
            table, other, reading.key, {.own = target.name, .other = "the clinical table"}),
        .left_out = {},
        .kinds = {},
        .missing_words = typed.missing_words,
        .unreadable = typed.unreadable};
    for (const CohortColumn& column : typed.columns) {
        result.kinds[column.header] = column.kind;
    }
    for (UnmatchedRow& row : result.join.unmatched) {
        row.is_measured = !row.is_measured;  // Here the export is the table that was joined to.
    }
    std::vector<const RawColumn*> columns;
    for (const RawColumn& column : table.columns) {
        // Columns that the join added; those of the export stay as they are.
        const ColumnKind kind =
            column.is_measured ? result.kinds.at(column.header) : ColumnKind::empty;
        if (kind == ColumnKind::identifier || (kind == ColumnKind::text && !target.keeps_text)) {
            result.left_out.push_back(column.header);
        } else {
            columns.push_back(&column);
        }
    }
    write_file(file, csv_of(table, columns));
    return result;
}

}  // namespace paraspinal
