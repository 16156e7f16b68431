// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "segmentation/fat/fraction.h"
#include "segmentation/fat/method.h"
#include "segmentation/fat/reference.h"

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
    /// For `reference`: where fat begins on the way from lean muscle (0) to the fat near the
    /// muscles (1), exclusive. This share has no bias against Dixon images, see docs/fat.md.
    double reference_share = 0.285;
    /// Whether the threshold is kept from splitting lean muscle. `reference`: it stays above the
    /// noise of lean muscle. Methods that split the muscles into classes: they must show two,
    /// otherwise `reference` decides. Absent: on for `reference`, and every other method is the
    /// bare one, as in ImageJ.
    std::optional<bool> guard;
    /// How often the muscle pixels are drawn anew to learn how far chance moves the threshold.
    int resamples = 100;
};

/// What FatOptions::guard did.
enum class FatGuard { off, on, acted };

/// Name as in files.
std::string_view fat_guard_name(FatGuard guard);

/// Where fat begins.
struct FatThreshold {
    /// What was done: as asked for, but `reference` where the guard put it in the place of a method
    /// that splits lean muscle.
    FatMethod method = FatMethod::reference;
    double value = 0;  ///< In the unit of the slice; a muscle pixel at or above it is fat.
    FatGuard guard = FatGuard::off;
    std::string evidence{};  ///< One line for people: what the value rests on.
};

/// One threshold for all four paraspinal muscles of a slice.
/// Throws Error fat_threshold_failed when the muscles are empty, constant, saturated or too small,
/// hold pixels that are not numbers, when the method finds no threshold in them, or when it needs
/// fat to compare with and the slice shows none.
FatThreshold threshold_fat(const ImageSlice& slice,
                           const LabelMap& labels,
                           const FatOptions& options);

/// What every data-driven method finds without a guard, in their order; a method that finds no
/// threshold is left out. Throws as threshold_fat when the muscles allow no method.
std::vector<FatThreshold> all_thresholds(const ImageSlice& slice,
                                         const LabelMap& labels,
                                         const FatOptions& options);

/// All that one look at the muscle pixels of a slice tells about the fat in them.
struct FatAnalysis {
    /// As threshold_fat; nullopt when the method needs fat to compare with and there is none.
    std::optional<FatThreshold> threshold;
    std::vector<FatThreshold> by_method;  ///< As all_thresholds.
    /// The threshold of the same method in FatOptions::resamples random samples of the muscle: a
    /// bootstrap over squares of some millimeters and over the choices of the reference, seeded, so
    /// that reruns agree. Fewer where a sample allows no threshold; none for a fixed threshold.
    std::vector<double> resampled;
    std::vector<double> muscle_values;  ///< Of all paraspinal muscle pixels, ascending.
    std::optional<SeenFat> fat;         ///< nullopt when the slice shows none.
    std::optional<FatScale> scale;      ///< From lean muscle as `reference` sees it to that fat.
    std::vector<FatScale> scales;       ///< The same in the random samples of `resampled`.
};

/// Throws as threshold_fat, but for missing fat.
FatAnalysis analyze_fat(const ImageSlice& slice, const LabelMap& labels, const FatOptions& options);

/// How far methods disagree about a slice: the largest less the smallest share of muscle that their
/// thresholds call fat, percentage points, [0, 100]; 0 for fewer than two thresholds.
double fat_disagreement_pct(const ImageSlice& slice,
                            const LabelMap& labels,
                            const std::vector<FatThreshold>& thresholds);

/// 1 where a pixel of a paraspinal muscle is fat.
Mask fat_mask(const ImageSlice& slice, const LabelMap& labels, const FatThreshold& threshold);

}  // namespace paraspinal
