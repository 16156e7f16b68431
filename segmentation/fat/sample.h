// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "segmentation/fat/clusters.h"
#include "segmentation/fat/histogram.h"
#include "segmentation/fat/reference.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// What every fat method works on.
struct FatSample {
    std::vector<double> values;             ///< Of all paraspinal muscle pixels, ascending.
    std::vector<Tally> tallies;             ///< The same in tallies.
    GrayScale scale;                        ///< Gray levels of the slice.
    std::optional<FatReference> reference;  ///< nullopt when the slice shows no usable fat.
    /// What the reference was taken from; empty in samples that were drawn from another.
    std::optional<SeenFat> seen;
};

/// Gathers the sample of a slice.
/// Throws Error fat_threshold_failed when no threshold can be found in the muscles: no pixels, too
/// few, alike, saturated, or not numbers.
FatSample fat_sample(const ImageSlice& slice, const LabelMap& labels);

}  // namespace paraspinal
