// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/norms_row.h"

#include "core/text.h"
#include "io/tables/cell_text.h"
#include "pipeline/study/study_report.h"

namespace paraspinal {
namespace {

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
                       .roi = row.text("roi")};
    if (repeats(row, true)) {
        method.fat_method = row.text("fat_method");
        method.fat_guard = row.text("fat_guard") == "off" ? "off" : "on";
    }
    return method;
}

bool same_outlining(const NormsMethod& one, const NormsMethod& other) {
    return one.outline_model == other.outline_model && one.roi == other.roi;
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
