// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "pipeline/study/outlines/estimate_intervals.h"
#include "segmentation/outline/movable_border.h"
#include "segmentation/overlap.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// How one region of one slice was outlined. First is ours, second the reference.
struct RegionScore {
    std::string region;
    Overlap overlap;
    /// Fat inside our outline and inside the reference, each with the default threshold method run
    /// on that outline; absent outside the paraspinal muscles, for an empty outline, and where the
    /// method finds no threshold.
    std::optional<double> fdr_pct;
    std::optional<double> reference_fdr_pct;
    /// How our border lies beside that of the reference; absent when an outline is empty.
    std::optional<BorderDisplacement> border;
    /// 90 % intervals of our area and FDR; absent when our outline is empty, that of the FDR also
    /// where there is none.
    std::optional<Interval> area_mm2;
    std::optional<Interval> fdr_interval_pct;
};

/// Whether the interval holds the value; absent when one of them is.
std::optional<bool> holds(const std::optional<Interval>& interval,
                          const std::optional<double>& value);

/// Ours - reference, percentage points.
std::optional<double> fdr_error(const RegionScore& score);

/// Scores `ours` in each of `regions`; a region that is empty in both is left out.
std::vector<RegionScore> score_slice(const ImageSlice& slice,
                                     const LabelMap& ours,
                                     const LabelMap& reference,
                                     const std::vector<Region>& regions);

}  // namespace paraspinal
