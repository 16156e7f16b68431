// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/repeatability.h"
#include "pipeline/tables/columns/table_reader.h"
#include "risk/norms/norms_card.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace paraspinal {

/// A row of measurements.csv or of a table with its columns, wherever it comes from.
struct RowCells {
    std::function<std::string(std::string_view column)> text;  ///< Empty: no such column.
    std::function<std::optional<double>(std::string_view column)> number;
};

/// The row that `table` stands at. Asking for a cell that is no number adds it to `unreadable`.
/// Both must outlive the cells.
RowCells cells_of(const TableReader& table, UnreadableCells& unreadable);

/// Columns without which nobody can tell what a row is and how it was measured.
std::span<const std::string_view> needed_columns();

/// How far sides of pixels may differ, as a share. As `resolution_differs` of docs/follow.md.
inline constexpr double kSidesApart = 0.1;

/// How the person of the row was measured; without the method of fat where it is not known how well
/// that repeats.
NormsMethod method_of(const RowCells& row);

/// Why muscles measured by `one` are not compared with those of `other`: "other_level",
/// "other_outline_model" (or region), "other_version" of the program, "other_resolution" (a side of
/// the pixels is shorter or longer than all of `other` by more than kSidesApart); empty: measured
/// alike.
std::string_view difference_between(const NormsMethod& one, const NormsMethod& other);
/// Whether fat was.
bool same_fat(const NormsMethod& one, const NormsMethod& other);

/// What keeps a whole row from being compared: "failed", "level_not_found" (a single slice, whose
/// level is the operator's wish), "other_outlines" (drawn or corrected by a person); empty:
/// nothing.
std::string_view obstacle_of(const RowCells& row);

/// A number that can be compared, or the reason why it cannot: "not_measured", or
/// "repeatability_unknown" where nobody measured how far measuring again differs (as
/// repeat_interval), so that no z of it would have an interval.
struct ComparableValue {
    std::optional<double> value;
    std::string_view reason{};
};
ComparableValue comparable_value(const RowCells& row, const RepeatedQuantity& quantity);

/// The standard deviation of measuring again, in the quantity's unit.
double repeat_sd(const RepeatedQuantity& quantity, double value);

}  // namespace paraspinal
