// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/score_slice.h"

#include "core/error.h"
#include "core/measurement.h"
#include "pipeline/measure_slice.h"
#include "segmentation/correct_bias.h"
#include "segmentation/threshold_fat.h"

#include <algorithm>

namespace paraspinal {
namespace {

// nullopt where the muscles allow no threshold, which is no fault of the outlines.
std::optional<SliceMeasurement> fat_inside(const ImageSlice& even, const LabelMap& labels) {
    try {
        const FatThreshold threshold = threshold_fat(even, labels, FatOptions{});
        return measure_slice(labels, fat_mask(even, labels, threshold), even.spacing);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::fat_threshold_failed) {
            throw;
        }
        return std::nullopt;
    }
}

std::optional<double> fdr_of(const std::optional<SliceMeasurement>& measured,
                             const Region& region) {
    if (!measured || !std::ranges::all_of(region.structures, is_paraspinal_muscle)) {
        return std::nullopt;
    }
    return region.structures.size() == 1
               ? fdr_pct(measurement_of(*measured, region.structures.front()))
               : fdr_pct(*measured);
}

}  // namespace

std::optional<double> fdr_error(const RegionScore& score) {
    return score.fdr_pct && score.reference_fdr_pct
               ? std::optional(*score.fdr_pct - *score.reference_fdr_pct)
               : std::nullopt;
}

std::vector<RegionScore> score_slice(const ImageSlice& slice,
                                     const LabelMap& ours,
                                     const LabelMap& reference,
                                     const std::vector<Region>& regions) {
    const ImageSlice even = correct_bias(slice, BiasOptions{});
    const std::optional<SliceMeasurement> our_fat = fat_inside(even, ours);
    const std::optional<SliceMeasurement> reference_fat = fat_inside(even, reference);
    std::vector<RegionScore> scores;
    for (const Region& region : regions) {
        const Overlap overlap = measure_overlap(
            region_mask(ours, region), region_mask(reference, region), slice.spacing);
        if (overlap.dice) {
            scores.push_back({.region = region.name,
                              .overlap = overlap,
                              .fdr_pct = fdr_of(our_fat, region),
                              .reference_fdr_pct = fdr_of(reference_fat, region)});
        }
    }
    return scores;
}

}  // namespace paraspinal
