// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <vector>

namespace paraspinal {

/// Parallel slices of one series that were acquired alike: same tilt, size, spacing and times to
/// within rounding, and the same in all that classify decides by (weighting, suppression, sequence,
/// what they are derived from). A series may hold several, such as blocks that follow each disc,
/// the three planes of a localizer, or the echoes of one scan.
struct Stack {
    /// Point into the series that was split; sorted along the normal of the first slice, then as
    /// in the series. A slice without position makes up a stack with others of its kind.
    std::vector<const SliceHeader*> slices;
    /// Slices of all three planes were acquired like these, in numbers that are alike.
    bool is_of_three_planes = false;
};

/// Splits a series into stacks, in the order of their first slices.
std::vector<Stack> split_stacks(const Series& series);

/// Slices of one stack differ by rounding only (below 0.1 degrees); blocks that follow different
/// discs differ by several degrees. Our choice between the two.
inline constexpr double kSameTiltDeg = 1;

}  // namespace paraspinal
