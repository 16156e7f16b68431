// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/repeatability.h"

#include "core/normal.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace paraspinal {
namespace {

// The numbers are measured by `scripts/evaluate_repeatability --renew`, which rewrites the lines
// between the marks; docs/follow.md says on which slices.
constexpr std::array kMeasured{
    // <measured>
    RepeatedQuantity{"csa_cm2", "CSA", kUnitCm2, false, true, 0.0208, 0.0098},
    RepeatedQuantity{"fa_cm2", "FA", kUnitCm2, true, false, 0.4305, 0.1460},
    RepeatedQuantity{"fdr_pct", "FDR", kUnitPercent, true, false, 0.9348, 0.3197},
    RepeatedQuantity{"fat_fraction_pct", "", kUnitPercent, true, false, 0.9055, 0.2672},
    RepeatedQuantity{"lean_csa_cm2", "lean CSA", kUnitCm2, true, true, 0.0236, 0.0107},
    RepeatedQuantity{"vb_cm2", "VB", kUnitCm2, false, true, 0.0224, 0.0253},
    RepeatedQuantity{"csa_vb_ratio", "", kUnitRatio, false, true, 0.0305, 0.0284},
    RepeatedQuantity{"mf_right_csa_cm2", "", kUnitCm2, false, true, 0.0465, 0.0196},
    RepeatedQuantity{"mf_left_csa_cm2", "", kUnitCm2, false, true, 0.0487, 0.0200},
    RepeatedQuantity{"es_right_csa_cm2", "", kUnitCm2, false, true, 0.0539, 0.0263},
    RepeatedQuantity{"es_left_csa_cm2", "", kUnitCm2, false, true, 0.0448, 0.0212},
    RepeatedQuantity{"mf_right_fdr_pct", "", kUnitPercent, true, false, 1.7249, 0.6966},
    RepeatedQuantity{"mf_left_fdr_pct", "", kUnitPercent, true, false, 1.4066, 0.5796},
    RepeatedQuantity{"es_right_fdr_pct", "", kUnitPercent, true, false, 1.6882, 0.6424},
    RepeatedQuantity{"es_left_fdr_pct", "", kUnitPercent, true, false, 1.7764, 0.6203},
    RepeatedQuantity{"psoas_right_csa_cm2", "", kUnitCm2, false, true, 0.0307, 0.0264},
    RepeatedQuantity{"psoas_left_csa_cm2", "", kUnitCm2, false, true, 0.0289, 0.0245},
    // </measured>
};

// As scripts/evaluate_repeatability leaves slices with these out of what it measures.
constexpr std::array kNotMeasuredWith{
    Flag::structure_missing, Flag::implausible_shape, Flag::outline_uncertain};

bool was_measured(const RepeatedQuantity& quantity, const StudyReport& report) {
    const bool is_in_doubt = std::ranges::any_of(report.flags, [](const QcFlag& flag) {
        return std::ranges::find(kNotMeasuredWith, flag.flag) != kNotMeasuredWith.end();
    });
    const bool is_by_default = report.bias_corrected && report.fat_threshold &&
                               report.fat_threshold->method == FatOptions{}.method &&
                               report.fat_share == FatOptions{}.reference_share;
    return report.outline_source == StudyReport{}.outline_source && !is_in_doubt &&
           report.fat_evidence.roi == MuscleRoi::fascial && (is_by_default || !quantity.needs_fat);
}

}  // namespace

std::span<const RepeatedQuantity> repeated_quantities() {
    return kMeasured;
}

std::optional<Interval> repeat_interval(const Quantity& quantity, const StudyReport& report) {
    const auto* const repeated =
        std::ranges::find(kMeasured, quantity.name, &RepeatedQuantity::name);
    const std::optional<double> value = quantity.value(report);
    if (!value || repeated == kMeasured.end() || !was_measured(*repeated, report)) {
        return std::nullopt;
    }
    constexpr double kMostPercent = 100;
    const double reach = normal_reach(kMeasurementCoverage) * repeated->within_sd *
                         (repeated->is_relative ? *value : 1);
    const bool is_share = quantity.unit.ucum == kUnitPercent.ucum;
    return Interval{.low = std::max(*value - reach, 0.0),
                    .high = is_share ? std::min(*value + reach, kMostPercent) : *value + reach,
                    .coverage = kMeasurementCoverage};
}

double smallest_real_change(const RepeatedQuantity& quantity, double value, double apart_mm) {
    const double of_both = std::numbers::sqrt2 * quantity.within_sd;
    const double deviation = std::hypot(of_both, quantity.change_per_mm * apart_mm);
    return normal_reach(kRepeatCoverage) * deviation * (quantity.is_relative ? value : 1);
}

}  // namespace paraspinal
