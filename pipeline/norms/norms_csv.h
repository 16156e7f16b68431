// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/norms/norms_row.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A quantity of a person beside that of the controls of a card.
struct NormLine {
    const RepeatedQuantity* quantity = nullptr;
    std::optional<double> value;
    const AgeCurve* curve = nullptr;  ///< Of her sex; null: the card has none.
    std::optional<NormPosition> position;
    std::string_view reason;  ///< Why there is no position; docs/norms.md lists them.

    [[nodiscard]] bool has_position() const { return position.has_value(); }
};

/// Who a row is about.
struct NormsPerson {
    std::string sex;  ///< "F", "M" or empty.
    std::optional<double> age_years;
};
NormsPerson norms_person(const RowCells& row);

/// A line for each quantity that `card` has a curve of, in the order of repeated_quantities.
/// Nothing is extrapolated: a position is there only where person, age, level and method are those
/// of the card.
std::vector<NormLine> norm_lines(const NormsCard& card, const RowCells& row);

/// `norms.csv`, a line a row and quantity: columns, and the lines of one row.
const std::vector<std::string>& norms_columns();
std::vector<std::vector<std::string>> norms_rows(const NormsCard& card, const RowCells& row);

}  // namespace paraspinal
