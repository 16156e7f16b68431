// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/measure_fat.h"

#include "core/error.h"
#include "pipeline/study/measure_slice.h"
#include "segmentation/overlap.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

const Region& all_muscles() {
    static const Region region = regions_of(kParaspinalMuscles).back();
    return region;
}

// The network's confidence is there where the outline is the network's.
bool is_networks(const Outlines& outlines, const Region& region) {
    return std::ranges::any_of(region.structures, [&](Structure structure) {
        return outlines.confidence.contains(structure);
    });
}

Interval in_cm2(const Interval& area_mm2) {
    constexpr double kMm2PerCm2 = 100;
    return {.low = area_mm2.low / kMm2PerCm2,
            .high = area_mm2.high / kMm2PerCm2,
            .coverage = area_mm2.coverage};
}

MeasurementIntervals intervals_of(const ImageSlice& even,
                                  const LabelMap& labels,
                                  const Outlines& outlines,
                                  const FatAnalysis& analysis) {
    MeasurementIntervals intervals;
    RegionDoubt doubt{.border = {}, .thresholds = {analysis.threshold.value}};
    doubt.thresholds.insert(
        doubt.thresholds.end(), analysis.resampled.begin(), analysis.resampled.end());
    if (is_networks(outlines, all_muscles())) {
        doubt.border = border_error(kParaspinalRegion);
    }
    const RegionIntervals muscles =
        estimate_intervals(even, region_mask(labels, all_muscles()), doubt);
    intervals.fdr_pct = muscles.fdr_pct;
    if (muscles.area_mm2) {
        intervals.csa_cm2 = in_cm2(*muscles.area_mm2);
    }
    const Region body{.name = std::string(label_name(Structure::vertebral_body)),
                      .structures = {Structure::vertebral_body}};
    if (is_networks(outlines, body)) {
        const RegionDoubt body_doubt{.border = border_error(body.name), .thresholds = {0}};
        const auto found = estimate_intervals(even, region_mask(labels, body), body_doubt);
        intervals.vb_cm2 = in_cm2(found.area_mm2.value());
    }
    return intervals;
}

}  // namespace

FatMeasurement measure_fat(const ImageSlice& slice,
                           const Outlines& outlines,
                           const MeasureFatOptions& options) {
    const ImageSlice even = correct_bias(slice, options.bias);
    FatAnalysis analysis = analyze_fat(even, outlines.labels, options.fat);
    const auto measured_in = [&](const LabelMap& labels, const FatThreshold& threshold) {
        return measure_slice(labels, fat_mask(even, labels, threshold), slice.spacing);
    };
    const Mask fat = fat_mask(even, outlines.labels, analysis.threshold);
    LabelMap muscle = without_epimuscular_fat(outlines.labels, fat, slice.spacing, {});
    FatEvidence evidence{.roi = options.roi,
                         .fascial = measured_in(outlines.labels, analysis.threshold),
                         .muscle = measured_in(muscle, analysis.threshold)};
    const bool is_fascial = options.roi == MuscleRoi::fascial;
    if (!is_fascial && csa_cm2(evidence.muscle) <= 0) {
        throw Error(ErrorCode::fat_threshold_failed,
                    "all that is outlined is fat, so nothing is left for --roi muscle; check the "
                    "outlines or take --roi fascial");
    }
    LabelMap labels = outlines.labels;
    if (!is_fascial) {
        labels = std::move(muscle);
    }
    for (const FatThreshold& one : analysis.by_method) {
        evidence.by_method.push_back({.threshold = one, .measurement = measured_in(labels, one)});
    }
    evidence.disagreement_pct = fat_disagreement_pct(even, labels, analysis.by_method);
    evidence.lean_value = analysis.lean_value;
    evidence.subcutaneous_fat_value = analysis.subcutaneous_fat_value;
    evidence.muscle_values = std::move(analysis.muscle_values);
    FatMeasurement result{.labels = {},
                          .fat = fat_mask(even, labels, analysis.threshold),
                          .threshold = analysis.threshold,
                          .measurement = is_fascial ? evidence.fascial : evidence.muscle,
                          .evidence = {},
                          .intervals = intervals_of(even, labels, outlines, analysis)};
    result.evidence = std::move(evidence);
    result.labels = std::move(labels);
    return result;
}

}  // namespace paraspinal
