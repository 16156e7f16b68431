// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interval.h"
#include "core/slice.h"
#include "pipeline/study/outlines/border_error.h"
#include "segmentation/fat/fraction.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// What is uncertain about the measurement of a region.
struct RegionDoubt {
    /// Of the outline; absent: the outline is given and only the threshold is uncertain.
    std::optional<BorderError> border;
    /// Fat begins at one of these values, all alike likely; at least one.
    std::vector<double> thresholds;
    /// Lean muscle and fat are as bright as one of these; empty where fat is not seen.
    std::vector<FatScale> scales;
};

struct RegionIntervals {
    std::optional<Interval> area_mm2;  ///< Absent when the outline is given.
    Interval fdr_pct;
    std::optional<Interval> fat_fraction_pct;  ///< Absent without scales.
};

/// 90 % intervals of the area and the fatty degeneration ratio of `region` on a bias-corrected
/// slice, from seeded draws: each moves the border, as a whole and place by place, and takes one of
/// the thresholds and scales. An interval always holds the value of the region as it is, at the
/// first of them. `region` must not be empty. Deterministic.
RegionIntervals estimate_intervals(const ImageSlice& even,
                                   const Mask& region,
                                   const RegionDoubt& doubt);

}  // namespace paraspinal
