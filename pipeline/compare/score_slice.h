// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
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
};

/// Ours - reference, percentage points.
std::optional<double> fdr_error(const RegionScore& score);

/// Scores `ours` in each of `regions`; a region that is empty in both is left out.
std::vector<RegionScore> score_slice(const ImageSlice& slice,
                                     const LabelMap& ours,
                                     const LabelMap& reference,
                                     const std::vector<Region>& regions);

}  // namespace paraspinal
