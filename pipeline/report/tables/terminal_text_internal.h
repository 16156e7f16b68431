// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/text.h"
#include "pipeline/study/quantities.h"

#include <optional>
#include <string>

/// What the card of one study and the table of several share.
namespace paraspinal {

inline constexpr const char* kUnknown = "-";

inline std::string shown(const std::optional<double>& value, const Unit& unit) {
    return value ? fixed_text(*value, unit.shown_decimals) : kUnknown;
}

/// Above the column of a Quantity or a StructureQuantity.
std::string head(const auto& row) {
    return std::string(row.symbol).append(" ").append(row.unit.ascii);
}

/// Without blanks at the end, which editors and golden files do not keep.
inline std::string line(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

}  // namespace paraspinal
