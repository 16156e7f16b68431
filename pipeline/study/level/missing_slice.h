// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/level/find_level.h"
#include "pipeline/study/qc_flag.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// The flag `nearer_slice_missing` where the slice nearest to the level is not in the input: the
/// chosen one of `slices` passes more than kNearestShare of a step from the endplate, and its
/// series leaves a gap beside it, or images of `study` could not be read. `slices` are those that
/// were chosen from; a step is the median distance between neighbors of one series and tilt.
std::optional<QcFlag> nearer_slice_missing(const Study& study,
                                           const std::vector<AxialSlice>& slices,
                                           const FoundLevel& found);

/// A plane lies within half a step of the nearest slice of a whole series; a little more for tilts
/// that differ. Our choice.
inline constexpr double kNearestShare = 0.6;
/// Steps of a series differ by rounding and by tables that move; ours.
inline constexpr double kGapInSteps = 1.5;

}  // namespace paraspinal
