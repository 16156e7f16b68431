// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/fracture_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "io/tables/write_csv.h"
#include "risk/classify_fractures.h"

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

}  // namespace

FractureTable classify_fracture_table(const std::filesystem::path& file,
                                      const TableOptions& reading) {
    TableReader table(file, reading);
    const std::size_t treated = table.required_column("treated_levels");
    const std::size_t fractured = table.required_column("new_fracture_levels");
    std::vector<std::string> cells = table.headers();
    for (const char* const name : {"adjacent_fracture",
                                   "remote_fracture",
                                   "same_level_fracture",
                                   "contiguous_fracture",
                                   "fracture_note"}) {
        cells.emplace_back(name);
    }
    FractureTable result;
    append_csv_row(result.csv, cells);
    while (table.next()) {
        ++result.rows;
        const RowKinds row = kinds_of(trimmed(table.cell(treated)), trimmed(table.cell(fractured)));
        cells.clear();
        for (std::size_t i = 0; i < table.columns().size(); ++i) {
            cells.emplace_back(table.cell(i));
        }
        const FractureKinds kinds = row.kinds.value_or(FractureKinds{});
        for (const bool kind : {kinds.adjacent, kinds.remote, kinds.same_level, kinds.contiguous}) {
            cells.emplace_back(!row.kinds ? "" : kind ? "1" : "0");
        }
        cells.push_back(row.reason);
        append_csv_row(result.csv, cells);
        if (!row.kinds) {
            result.unclassified.push_back({.line = table.line(), .reason = row.reason});
        }
    }
    return result;
}

}  // namespace paraspinal
