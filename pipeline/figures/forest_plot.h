// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/regression_table.h"

#include <string>
#include <vector>

namespace paraspinal {

/// Odds ratios with their intervals on a scale of logarithms, one below another, with the words of
/// the table at the right. What lies beyond a hundredth or a hundredfold, or has no end, ends in an
/// arrow; an infinite value has no box. The same input gives the same bytes.
std::string forest_svg(const std::vector<OddsRatio>& ratios, const std::string& outcome);

}  // namespace paraspinal
