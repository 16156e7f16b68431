// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace paraspinal {

/// The value below which `share` (0 to 1) of `values` lie: one of them, no interpolation. Not the
/// quantile of core/quantile.h, because the fat thresholds are calibrated with this one.
/// `values` must not be empty and hold no NaN.
template <class Value>
Value percentile(std::vector<Value> values, double share) {
    const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::ranges::nth_element(values, values.begin() + rank);
    return *(values.begin() + rank);
}

}  // namespace paraspinal
