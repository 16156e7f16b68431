// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace paraspinal {

/// The value below which `share` (0 to 1) of `values` lie, interpolated between neighbors: R's type
/// 7, numpy's default. `values` must not be empty and hold no NaN.
template <class Value>
Value quantile(std::vector<Value> values, double share) {
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = values.begin() + static_cast<std::ptrdiff_t>(place);
    std::ranges::nth_element(values, below);
    const Value above =
        below + 1 == values.end() ? *below : *std::min_element(below + 1, values.end());
    return *below + static_cast<Value>(place - std::floor(place)) * (above - *below);
}

}  // namespace paraspinal
