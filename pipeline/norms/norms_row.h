// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/repeatability.h"
#include "pipeline/tables/columns/table_reader.h"
#include "risk/norms/norms_card.h"

#include <functional>
#include <optional>
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

/// How the person of the row was measured; without the method of fat where it is not known how well
/// that repeats.
NormsMethod method_of(const RowCells& row);

/// Whether muscles, and fat, were measured alike.
bool same_outlining(const NormsMethod& one, const NormsMethod& other);
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
