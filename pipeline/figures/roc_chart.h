// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/roc_table.h"

#include <string>
#include <vector>

namespace paraspinal {

/// ROC curves with their areas in the legend; at each Youden cutoff a dot with the 95 % intervals
/// of sensitivity and specificity (Wilson) as a cross. More than kMostCurves curves have a small
/// plot each. The same input gives the same bytes.
std::string roc_svg(const std::vector<RocFactor>& factors);

/// Curves that one plot can hold apart.
inline constexpr std::size_t kMostCurves = 12;

}  // namespace paraspinal
