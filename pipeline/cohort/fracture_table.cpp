// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/fracture_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "io/tables/write_csv.h"
#include "pipeline/tables/columns/column_names.h"
#include "pipeline/tables/columns/raw_table.h"
#include "risk/classify_fractures.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

// What the two cells of a row mean, or why nobody can tell.
struct RowKinds {
    std::optional<FractureKinds> kinds;
    std::string reason;
};

RowKinds kinds_of(std::string_view treated, std::string_view fractured) {
    const auto is_unknown = [](std::string_view cell) {
        return !cell.empty() && is_missing_text(cell);
    };
    if (is_unknown(fractured)) {
        return {.kinds = std::nullopt, .reason = "new_fracture_levels is unknown"};
    }
    try {
        const std::vector<VertebralLevel> news = parse_levels(fractured);
        if (news.empty()) {
            return {.kinds = FractureKinds{}, .reason = {}};
        }
        if (is_missing_text(treated)) {
            return {.kinds = std::nullopt,
                    .reason =
                        "treated_levels is missing, so that nobody can tell adjacent from "
                        "remote"};
        }
        return {.kinds = classify_fractures(parse_levels(treated), news), .reason = {}};
    } catch (const Error& error) {
        return {.kinds = std::nullopt, .reason = error.message()};
    }
}

const RawColumn& required_column(const RawTable& table, std::string_view name) {
    if (const std::optional<std::size_t> place = column_of(table, name)) {
        return table.columns[*place];
    }
    std::vector<std::string> headers;
    std::ranges::transform(table.columns, std::back_inserter(headers), &RawColumn::header);
    throw Error(ErrorCode::malformed_file, "the table " + no_column_text(name, headers));
}

// Whether a column is written again.
bool is_kept(const CohortColumn& column) {
    constexpr std::array<std::string_view, 6> kKept{"patient_id",
                                                    "accession_number",
                                                    "study_uid",
                                                    "study_date",
                                                    "treated_levels",
                                                    "new_fracture_levels"};
    return (column.kind != ColumnKind::identifier && column.kind != ColumnKind::text) ||
           std::ranges::find(kKept, column.name) != kKept.end();
}

}  // namespace

FractureTable classify_fracture_table(const std::filesystem::path& file,
                                      const CohortReading& reading) {
    const CohortTable typed = read_cohort(file, {.table = reading.table, .types = reading.types});
    const RawTable table = read_raw_table(file, reading.table);
    const RawColumn& treated = required_column(table, "treated_levels");
    const RawColumn& fractured = required_column(table, "new_fracture_levels");
    FractureTable result;
    result.unreadable = typed.unreadable;
    std::vector<std::size_t> kept;
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < typed.columns.size(); ++i) {
        if (is_kept(typed.columns[i])) {
            kept.push_back(i);
            cells.push_back(typed.columns[i].header);
        } else {
            result.left_out.push_back(typed.columns[i].header);
        }
    }
    for (const char* const name : {"adjacent_fracture",
                                   "remote_fracture",
                                   "same_level_fracture",
                                   "contiguous_fracture",
                                   "fracture_note"}) {
        cells.emplace_back(name);
    }
    append_csv_row(result.csv, cells);
    for (std::size_t place = 0; place < table.lines.size(); ++place) {
        ++result.rows;
        const RowKinds row = kinds_of(treated.cells[place].text, fractured.cells[place].text);
        cells.clear();
        for (const std::size_t column : kept) {
            cells.push_back(plain_text(table.columns[column].cells[place]));
        }
        const FractureKinds kinds = row.kinds.value_or(FractureKinds{});
        for (const bool kind : {kinds.adjacent, kinds.remote, kinds.same_level, kinds.contiguous}) {
            cells.emplace_back(!row.kinds ? "" : kind ? "1" : "0");
        }
        cells.push_back(row.reason);
        append_csv_row(result.csv, cells);
        if (!row.kinds) {
            result.unclassified.push_back({.line = table.lines[place], .reason = row.reason});
        }
    }
    return result;
}

}  // namespace paraspinal
