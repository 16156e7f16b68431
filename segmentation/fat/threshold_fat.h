// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "segmentation/fat/method.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

struct FatOptions {
    /// The default agrees best with Dixon imaging, see docs/fat.md.
    FatMethod method = FatMethod::reference;
    /// For `fixed`: modality values at or above it are fat.
    double fixed_threshold = 0;
    /// For `reference`: where fat begins on the way from lean muscle (0) to the subcutaneous fat
    /// of the same slice (1), exclusive. Half of the way is half of a pixel; 0.4 agrees best with
    /// Dixon images and drawn slices together, see docs/fat.md.
    double reference_share = 0.4;
    /// Whether methods that split the muscles into classes must first show that there are two;
    /// where there is one, `reference` decides. Off: the bare method, as in ImageJ.
    bool test_for_one_class = true;
    /// How often the muscle pixels are drawn anew to learn how far chance moves the threshold.
    int resamples = 100;
};

/// Where fat begins.
struct FatThreshold {
    /// As asked for, but `li` instead of `reference` when the slice shows no subcutaneous fat.
    FatMethod method = FatMethod::reference;
    double value = 0;  ///< In the unit of the slice; a muscle pixel at or above it is fat.
    /// The muscles are all lean or all fat, so that `value` does not come from splitting them.
    bool single_class = false;
    std::string evidence{};  ///< One line for people: what the value rests on.
};

/// One threshold for all four paraspinal muscles of a slice.
/// Throws Error fat_threshold_failed when the muscles are empty, constant, saturated or too small,
/// hold pixels that are not numbers, or when the method finds no threshold in them.
FatThreshold threshold_fat(const ImageSlice& slice,
                           const LabelMap& labels,
                           const FatOptions& options);

/// The threshold of every data-driven method, in their order; a method that finds none is left out.
/// Throws as threshold_fat when the muscles allow no method.
std::vector<FatThreshold> all_thresholds(const ImageSlice& slice,
                                         const LabelMap& labels,
                                         const FatOptions& options);

/// All that one look at the muscle pixels of a slice tells about the fat in them.
struct FatAnalysis {
    FatThreshold threshold;               ///< As threshold_fat.
    std::vector<FatThreshold> by_method;  ///< As all_thresholds.
    /// The threshold of the same method in FatOptions::resamples random samples of the muscle: a
    /// bootstrap over squares of some millimeters, seeded, so that reruns agree. Fewer where a
    /// sample allows no threshold; none for a fixed threshold.
    std::vector<double> resampled;
    std::vector<double> muscle_values;             ///< Of all paraspinal muscle pixels, ascending.
    std::optional<double> lean_value;              ///< Lean muscle as `reference` sees it.
    std::optional<double> subcutaneous_fat_value;  ///< nullopt when the slice shows none.
};

/// Throws as threshold_fat.
FatAnalysis analyze_fat(const ImageSlice& slice, const LabelMap& labels, const FatOptions& options);

/// How far methods disagree about a slice: the largest less the smallest share of muscle that their
/// thresholds call fat, percentage points, [0, 100]; 0 for fewer than two thresholds.
double fat_disagreement_pct(const ImageSlice& slice,
                            const LabelMap& labels,
                            const std::vector<FatThreshold>& thresholds);

/// 1 where a pixel of a paraspinal muscle is fat.
Mask fat_mask(const ImageSlice& slice, const LabelMap& labels, const FatThreshold& threshold);

}  // namespace paraspinal
