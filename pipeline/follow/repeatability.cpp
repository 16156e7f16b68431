// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/repeatability.h"

#include "core/normal.h"

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

}  // namespace

std::span<const RepeatedQuantity> repeated_quantities() {
    return kMeasured;
}

double smallest_real_change(const RepeatedQuantity& quantity, double value, double apart_mm) {
    const double of_both = std::numbers::sqrt2 * quantity.within_sd;
    const double deviation = std::hypot(of_both, quantity.change_per_mm * apart_mm);
    return normal_reach(kRepeatCoverage) * deviation * (quantity.is_relative ? value : 1);
}

}  // namespace paraspinal
