// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/agreement.h"

#include <optional>

namespace paraspinal {

/// Whether differences grow with what is measured, and the limits of agreement for that case.
/// Source: Bland and Altman, Stat Methods Med Res 1999;8:135-160, sections 3.1 and 3.2.
struct DifferenceShape {
    /// Slope of the regression of first - second on their mean, with its t interval; 0 is none.
    std::optional<IntervalEstimate> slope;
    std::optional<double> slope_p;
    /// Mean and limits (mean -+ 1.96 SD) of the differences in percent of the mean of both. Absent
    /// unless every mean is above 0.
    std::optional<IntervalEstimate> percent;
    /// Geometric mean and limits of first / second. Absent unless all measurements are above 0.
    std::optional<IntervalEstimate> ratio;
};

/// Of the pairs that measure_agreement uses; nothing of fewer than 3, or where the means are equal
/// (slope). Throws Error internal when the two differ in length.
DifferenceShape difference_shape(const MeasurementPairs& pairs);

}  // namespace paraspinal
