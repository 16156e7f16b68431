// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/score_slice.h"

#include "core/error.h"
#include "core/measurement.h"
#include "pipeline/study/measure_slice.h"
#include "segmentation/fat/correct_bias.h"
#include "segmentation/fat/threshold_fat.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

struct FatInside {
    SliceMeasurement measured;
    std::vector<double> thresholds;  // The one that was used, then those of resampled muscle.
};

// nullopt where the muscles allow no threshold, which is no fault of the outlines.
std::optional<FatInside> fat_inside(const ImageSlice& even, const LabelMap& labels) {
    try {
        const FatAnalysis fat = analyze_fat(even, labels, FatOptions{});
        if (!fat.threshold) {
            return std::nullopt;
        }
        FatInside inside{
            .measured = measure_slice(labels, fat_mask(even, labels, *fat.threshold), even.spacing),
            .thresholds = {fat.threshold->value}};
        inside.thresholds.insert(
            inside.thresholds.end(), fat.resampled.begin(), fat.resampled.end());
        return inside;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::fat_threshold_failed) {
            throw;
        }
        return std::nullopt;
    }
}

std::optional<double> fdr_of(const std::optional<FatInside>& fat, const Region& region) {
    if (!fat || !std::ranges::all_of(region.structures, is_paraspinal_muscle)) {
        return std::nullopt;
    }
    return region.structures.size() == 1
               ? fdr_pct(measurement_of(fat->measured, region.structures.front()))
               : fdr_pct(fat->measured);
}

void add_intervals(RegionScore& score,
                   const ImageSlice& even,
                   const Mask& ours,
                   const std::optional<FatInside>& fat) {
    const RegionDoubt doubt{.border = border_error(score.region),
                            .thresholds = fat ? fat->thresholds : std::vector<double>{0}};
    const RegionIntervals intervals = estimate_intervals(even, ours, doubt);
    score.area_mm2 = intervals.area_mm2;
    if (score.fdr_pct) {
        score.fdr_interval_pct = intervals.fdr_pct;
    }
}

}  // namespace

std::optional<bool> holds(const std::optional<Interval>& interval,
                          const std::optional<double>& value) {
    return interval && value ? std::optional(*value >= interval->low && *value <= interval->high)
                             : std::nullopt;
}

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
    const std::optional<FatInside> our_fat = fat_inside(even, ours);
    const std::optional<FatInside> reference_fat = fat_inside(even, reference);
    std::vector<RegionScore> scores;
    for (const Region& region : regions) {
        const Mask our_mask = region_mask(ours, region);
        const Mask reference_mask = region_mask(reference, region);
        const Overlap overlap = measure_overlap(our_mask, reference_mask, slice.spacing);
        if (!overlap.dice) {
            continue;
        }
        RegionScore score{.region = region.name,
                          .overlap = overlap,
                          .fdr_pct = fdr_of(our_fat, region),
                          .reference_fdr_pct = fdr_of(reference_fat, region),
                          .border = border_displacement(our_mask, reference_mask, slice.spacing)};
        if (overlap.first_area_mm2 > 0) {
            add_intervals(score, even, our_mask, our_fat);
        }
        scores.push_back(std::move(score));
    }
    return scores;
}

}  // namespace paraspinal
