// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/quantile.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace paraspinal {

/// height + slope * place
struct Line {
    double height = 0;
    double slope = 0;
};

/// The line through points (place, height) by Theil and Sen: its slope is the median of those
/// between all pairs. Up to a quarter of the points may be anywhere, also at an end, where least
/// squares would follow them. One point gives a level line. `points` must not be empty, and no two
/// of them at one place.
inline Line median_line(const std::vector<std::pair<double, double>>& points) {
    std::vector<double> slopes;
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const double run = points[i].first - points[j].first;
            slopes.push_back((points[i].second - points[j].second) / run);
        }
    }
    const double slope = slopes.empty() ? 0 : quantile(slopes, 0.5);
    std::vector<double> heights;
    heights.reserve(points.size());
    for (const auto& [place, height] : points) {
        heights.push_back(height - slope * place);
    }
    return {.height = quantile(heights, 0.5), .slope = slope};
}

}  // namespace paraspinal
