// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/checked_rows.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "io/tables/csv.h"
#include "pipeline/study/repeatability.h"
#include "pipeline/tables/run_table.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 8> kPlainColumns{"slice_offset_mm",
                                                        "slice_tilt_deg",
                                                        "pixel_row_mm",
                                                        "pixel_col_mm",
                                                        "fat_threshold",
                                                        "reduction_pct",
                                                        "reduction_low_pct",
                                                        "reduction_high_pct"};

// The fat fraction alone is an estimate, which noise may take beyond its ends.
bool is_possible(const RepeatedQuantity& quantity, double value) {
    if (quantity.name == "fat_fraction_pct") {
        return true;
    }
    const bool is_never_nothing = quantity.name == "csa_cm2" || quantity.name == "vb_cm2";
    constexpr double kWhole = 100;
    return (is_never_nothing ? value > 0 : value >= 0) &&
           (!quantity.name.ends_with("_pct") || value <= kWhole);
}

// The cell as a number, which takes the place of what a decimal comma made of it.
std::optional<double> normalized(const CsvReader& reader, std::size_t column, NamedCells& row) {
    const std::optional<double> value = reader.number(column);
    if (value && reader.has_decimal_comma()) {
        row.cells.at(column) = shortest_text(*value);
    }
    return value;
}

NamedCells checked_row(const CsvReader& reader) {
    NamedCells row{.columns = reader.columns(), .cells = {}};
    for (std::size_t i = 0; i < row.columns.size(); ++i) {
        row.cells.push_back(without_guard(reader.cell(i)));
    }
    for (const std::string_view name : kPlainColumns) {
        if (const auto column = reader.column(name)) {
            normalized(reader, *column, row);
        }
    }
    for (const RepeatedQuantity& quantity : repeated_quantities()) {
        const auto column = reader.column(quantity.name);
        const auto value = column ? normalized(reader, *column, row) : std::nullopt;
        if (value && !is_possible(quantity, *value)) {
            throw Error(
                ErrorCode::malformed_file,
                reader.place(*column) + ": no measured value can be " + shortest_text(*value));
        }
    }
    return row;
}

}  // namespace

std::vector<NamedCells> read_checked_rows(const std::filesystem::path& file,
                                          const std::set<std::string>* study_uids) {
    return within(file.string(), [&] {
        CsvReader reader(file);
        check_run_columns(reader.columns());
        std::vector<NamedCells> rows;
        const std::size_t uid = reader.required_column("study_uid");
        while (reader.next()) {
            if (study_uids == nullptr || study_uids->contains(std::string(reader.cell(uid)))) {
                rows.push_back(checked_row(reader));
            }
        }
        return rows;
    });
}

}  // namespace paraspinal
