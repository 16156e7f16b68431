// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/regression_table.h"

#include <string>
#include <vector>

namespace paraspinal {

/// Odds ratios with their intervals on a scale of logarithms, one below another, with the figures
/// at the right. What lies beyond a hundredth or a hundredfold ends in an arrow; what has no
/// estimate is named as such. The same input gives the same bytes.
std::string forest_svg(const std::vector<OddsRatio>& ratios, const std::string& outcome);

}  // namespace paraspinal
