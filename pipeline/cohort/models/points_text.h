// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/points_score.h"

#include <optional>
#include <span>
#include <string>

namespace paraspinal {

/// One patient's points for a terminal of 80 columns: the sum, what patients of that many points
/// had, the points of each item, what is missing. `values` are those that `estimate` is of.
std::string points_text(const PointsScore& score,
                        const PointsEstimate& estimate,
                        std::span<const std::optional<double>> values);

/// What the card of a score says, for a terminal of 80 columns.
std::string points_card_text(const PointsScore& score);

}  // namespace paraspinal
