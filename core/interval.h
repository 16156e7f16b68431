// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

namespace paraspinal {

/// Of the intervals of measurements, in every table and file: the share of slices whose reference
/// lies inside of them (docs/intervals.md).
inline constexpr double kMeasurementCoverage = 0.90;

/// Of the intervals of estimates: risks, coefficients, differences, areas under a curve.
inline constexpr double kConfidence = 0.95;

/// A range, in the unit of what it is about, that is meant to hold the truth in a share of cases.
struct Interval {
    double low = 0;
    double high = 0;
    double coverage = 0;  ///< That share, between 0 and 1; nothing can be done without it.
};

/// An end of an interval that may be absent.
inline std::optional<double> low_of(const std::optional<Interval>& interval) {
    return interval ? std::optional(interval->low) : std::nullopt;
}
inline std::optional<double> high_of(const std::optional<Interval>& interval) {
    return interval ? std::optional(interval->high) : std::nullopt;
}

/// Standard deviation of the normal distribution whose middle the interval is.
/// Throws Error internal unless the coverage lies between 0 and 1.
double sd_of(const Interval& interval);

}  // namespace paraspinal
