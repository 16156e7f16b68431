// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/norms_row.h"

#include "core/text.h"
#include "io/tables/cell_text.h"
#include "pipeline/study/study_report.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 12> kNeededColumns{"study_uid",
                                                          "status",
                                                          "level",
                                                          "level_source",
                                                          "outline_source",
                                                          "outline_model",
                                                          "pixel_row_mm",
                                                          "pixel_col_mm",
                                                          "fat_method",
                                                          "csa_repeat_low_cm2",
                                                          "fdr_repeat_low_pct",
                                                          "software_version"};

// What repeat_interval says of all quantities of a row, the table has of two of them.
bool repeats(const RowCells& row, bool needs_fat) {
    return row.number(needs_fat ? "fdr_repeat_low_pct" : "csa_repeat_low_cm2").has_value();
}

}  // namespace

RowCells cells_of(const TableReader& table, UnreadableCells& unreadable) {
    const auto text = [&table](std::string_view name) {
        const auto column = table.column(name);
        return column ? std::string(trimmed(without_guard(table.cell(*column)))) : std::string();
    };
    return {.text = text,
            .number = [&table, &unreadable, text](std::string_view name) -> std::optional<double> {
                const auto column = table.column(name);
                const auto number = column ? table.number(*column) : std::nullopt;
                if (column && !number && !is_missing_text(text(name))) {
                    unreadable.add(
                        table.line(), name, table.cell(*column), no_number_text(text(name)));
                }
                return number;
            }};
}

NormsMethod method_of(const RowCells& row) {
    NormsMethod method{.level = row.text("level"),
                       .outline_model = row.text("outline_model"),
                       .roi = row.text("roi"),
                       .fat_method = {},
                       .fat_guard = {},
                       .software_version = row.text("software_version")};
    const double row_mm = row.number("pixel_row_mm").value_or(0);
    const double col_mm = row.number("pixel_col_mm").value_or(0);
    method.pixel_low_mm = std::min(row_mm, col_mm);
    method.pixel_high_mm = std::max(row_mm, col_mm);
    if (repeats(row, true)) {
        method.fat_method = row.text("fat_method");
        method.fat_guard = row.text("fat_guard") == "off" ? "off" : "on";
    }
    return method;
}

std::span<const std::string_view> needed_columns() {
    return kNeededColumns;
}

std::string_view difference_between(const NormsMethod& one, const NormsMethod& other) {
    return one.level != other.level ? "other_level"
           : one.outline_model != other.outline_model || one.roi != other.roi
               ? "other_outline_model"
           : one.software_version != other.software_version ? "other_version"
           : one.pixel_low_mm < other.pixel_low_mm / (1 + kSidesApart) ||
                   one.pixel_high_mm > other.pixel_high_mm * (1 + kSidesApart)
               ? "other_resolution"
               : "";
}

bool same_fat(const NormsMethod& one, const NormsMethod& other) {
    return one.fat_method == other.fat_method && one.fat_guard == other.fat_guard;
}

std::string_view obstacle_of(const RowCells& row) {
    const std::string status = row.text("status");
    if (status != "ok" && status != "flagged") {
        return "failed";
    }
    if (row.text("level_source") == "single_slice") {
        return "level_not_found";
    }
    return row.text("outline_source") == StudyReport{}.outline_source ? "" : "other_outlines";
}

ComparableValue comparable_value(const RowCells& row, const RepeatedQuantity& quantity) {
    const std::optional<double> value = row.number(quantity.name);
    if (!value) {
        return {.value = std::nullopt, .reason = "not_measured"};
    }
    if (!repeats(row, quantity.needs_fat)) {
        return {.value = std::nullopt, .reason = "repeatability_unknown"};
    }
    return {.value = value};
}

double repeat_sd(const RepeatedQuantity& quantity, double value) {
    return quantity.within_sd * (quantity.is_relative ? value : 1);
}

}  // namespace paraspinal
