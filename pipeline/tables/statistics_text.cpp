// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/statistics_text.h"

#include "core/text.h"

#include <cmath>

namespace paraspinal {

std::string p_value_text(double p, bool exact) {
    if (exact) {
        return shortest_text(p);
    }
    return p < 0.001 ? "<0.001" : fixed_text(p, 3);
}

std::string interval_text(const std::optional<IntervalEstimate>& estimate, int decimals) {
    if (!estimate) {
        return "-";
    }
    const auto text = [decimals](double value) {
        return std::isinf(value) ? (value > 0 ? "inf" : "-inf") : fixed_text(value, decimals);
    };
    return text(estimate->value) + " [" + text(estimate->low) + ", " + text(estimate->high) + "]";
}

}  // namespace paraspinal
