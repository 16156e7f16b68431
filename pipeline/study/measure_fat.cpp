// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/measure_fat.h"

#include "core/error.h"
#include "pipeline/study/measure_slice.h"
#include "segmentation/fat/dark_band.h"
#include "segmentation/overlap.h"

#include <algorithm>
#include <cmath>
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
    RegionDoubt doubt{.border = {},
                      .thresholds = {analysis.threshold ? analysis.threshold->value : 0}};
    doubt.thresholds.insert(
        doubt.thresholds.end(), analysis.resampled.begin(), analysis.resampled.end());
    if (analysis.scale) {
        doubt.scales = {*analysis.scale};
        doubt.scales.insert(doubt.scales.end(), analysis.scales.begin(), analysis.scales.end());
    }
    if (is_networks(outlines, all_muscles())) {
        doubt.border = border_error(kParaspinalRegion);
    }
    const RegionIntervals muscles =
        estimate_intervals(even, region_mask(labels, all_muscles()), doubt);
    if (analysis.threshold) {
        intervals.fdr_pct = muscles.fdr_pct;
    }
    intervals.fat_fraction_pct = muscles.fat_fraction_pct;
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

// Within a tenth of the way to fat.
Mask lean_mask(const ImageSlice& even, const LabelMap& labels, const FatScale& scale) {
    constexpr double kTenthOfTheWay = 0.1;
    const double reach = kTenthOfTheWay * (scale.fat - scale.lean);
    Mask lean(labels.size());
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const double away = std::abs(even.intensity.pixels[i] - scale.lean);
        lean.pixels[i] = is_paraspinal_muscle(labels.pixels[i]) && away <= reach ? 1 : 0;
    }
    return lean;
}

// On the marked slices of tests/tools/fat, clipped at the floor or the top, FDR before clipping
// lies between those a tenth of the way below and above the threshold in 99 and 91 of 100. Each of
// the two gets more than the twentieth of the draws that an end of the interval needs.
void add_doubt_of_clipping(FatAnalysis& analysis) {
    if (!analysis.threshold || !analysis.scale) {
        return;
    }
    constexpr double kTenthOfTheWay = 0.1;
    const double away = kTenthOfTheWay * (analysis.scale->fat - analysis.scale->lean);
    const std::size_t copies = analysis.resampled.size() / 8;
    for (const double value :
         {analysis.threshold->value - away, analysis.threshold->value + away}) {
        analysis.resampled.insert(analysis.resampled.end(), copies, value);
    }
}

std::vector<double> values_inside(const ImageSlice& even, const LabelMap& labels) {
    std::vector<double> values;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(labels.pixels[i])) {
            values.push_back(even.intensity.pixels[i]);
        }
    }
    return values;
}

Mask fat_inside(const ImageSlice& even,
                const LabelMap& labels,
                const std::optional<FatThreshold>& threshold) {
    return threshold ? fat_mask(even, labels, *threshold) : Mask(labels.size());
}

SliceMeasurement measured_inside(const ImageSlice& even,
                                 const LabelMap& labels,
                                 const std::optional<FatThreshold>& threshold) {
    return threshold ? measure_slice(labels, fat_mask(even, labels, *threshold), even.spacing)
                     : measure_slice(labels, even.spacing);
}

// The outlines without the fat between muscle and fascia, with what is measured in them.
struct BareMuscle {
    LabelMap labels;
    SliceMeasurement measurement;
};

std::optional<BareMuscle> bare_muscle(const ImageSlice& even,
                                      const LabelMap& labels,
                                      const std::optional<FatThreshold>& threshold) {
    if (!threshold) {
        return std::nullopt;
    }
    BareMuscle muscle{.labels = without_epimuscular_fat(
                          labels, fat_mask(even, labels, *threshold), even.spacing, {})};
    muscle.measurement = measured_inside(even, muscle.labels, threshold);
    return muscle;
}

void check(const std::optional<BareMuscle>& muscle) {
    if (!muscle) {
        throw Error(ErrorCode::fat_threshold_failed,
                    "without fat to compare with, muscle cannot be told from the fat around it; "
                    "take --roi fascial or a --fat-method that needs no such fat");
    }
    if (csa_cm2(muscle->measurement) <= 0) {
        throw Error(ErrorCode::fat_threshold_failed,
                    "all that is outlined is fat, so nothing is left for --roi muscle; check the "
                    "outlines or take --roi fascial");
    }
}

}  // namespace

FatMeasurement measure_fat(const ImageSlice& slice,
                           const Outlines& outlines,
                           const MeasureFatOptions& options) {
    return measure_fat(slice, correct_bias(slice, options.bias), outlines, options);
}

FatMeasurement measure_fat(const ImageSlice& slice,
                           const ImageSlice& even,
                           const Outlines& outlines,
                           const MeasureFatOptions& options) {
    FatAnalysis analysis = analyze_fat(even, outlines.labels, options.fat);
    std::optional<BareMuscle> muscle = bare_muscle(even, outlines.labels, analysis.threshold);
    FatEvidence evidence{.roi = options.roi,
                         .fascial = measured_inside(even, outlines.labels, analysis.threshold),
                         .muscle = muscle ? muscle->measurement : SliceMeasurement{}};
    const bool is_fascial = options.roi == MuscleRoi::fascial;
    if (!is_fascial) {
        check(muscle);
    }
    LabelMap labels = is_fascial ? outlines.labels : std::move(muscle->labels);
    for (const FatThreshold& one : analysis.by_method) {
        evidence.by_method.push_back(
            {.threshold = one, .measurement = measured_inside(even, labels, one)});
    }
    evidence.disagreement_pct = fat_disagreement_pct(even, labels, analysis.by_method);
    evidence.scale = analysis.scale;
    if (analysis.scale) {
        evidence.lean = lean_mask(even, outlines.labels, *analysis.scale);
        evidence.fraction_pct = fat_fraction_pct(*analysis.scale, values_inside(even, labels));
    }
    evidence.clipping = clipping_of(
        slice, outlines.labels, analysis.fat ? analysis.fat->where : Mask(labels.size()));
    evidence.dark_band = dark_band_depth(slice, outlines.labels);
    if (is_clipped(evidence.clipping)) {
        add_doubt_of_clipping(analysis);
    }
    const MeasurementIntervals intervals = intervals_of(even, labels, outlines, analysis);
    evidence.composition =
        composition_of(even,
                       labels,
                       analysis.threshold ? std::optional(analysis.threshold->value) : std::nullopt,
                       analysis.fat);
    evidence.fat = std::move(analysis.fat);
    evidence.muscle_values = std::move(analysis.muscle_values);
    FatMeasurement result{.labels = {},
                          .fat = fat_inside(even, labels, analysis.threshold),
                          .threshold = analysis.threshold,
                          .measurement = is_fascial ? evidence.fascial : evidence.muscle,
                          .evidence = {},
                          .intervals = intervals};
    result.evidence = std::move(evidence);
    result.labels = std::move(labels);
    return result;
}

}  // namespace paraspinal
