// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <span>
#include <vector>

namespace paraspinal {

/// A score a patient and whether the patient had the event: one entry each, same order.
struct ScoredPatients {
    std::span<const double> score;
    std::span<const std::uint8_t> event;  ///< 1 or 0.
};

/// Area under the ROC curve, larger scores speaking for the event, with the 95 % interval of DeLong
/// et al. (Biometrics 1988;44:837-845; algorithm of Sun and Xu, IEEE Signal Process Lett
/// 2014;21:1389-1393), cut to [0, 1]. Throws Error invalid_value unless both outcomes occur.
IntervalEstimate area_under_curve(const ScoredPatients& patients);

/// Share of both outcomes that a cutoff finds.
struct RocPoint {
    double cutoff = 0;  ///< Positive are scores on the event's side of it.
    double sensitivity = 0;
    double specificity = 0;
};

/// A single factor's ROC analysis. A factor with smaller values in the event group is turned round,
/// so that the area is never below 0.5.
struct RocAnalysis {
    bool larger_means_event = true;
    IntervalEstimate auc;
    std::vector<RocPoint>
        curve;        ///< From everyone positive to no one; infinite cutoffs at the ends.
    RocPoint youden;  ///< Largest sensitivity + specificity; the first of equals.
    double positive_predictive_value =
        0;  ///< Of the Youden cutoff; these four refer to the cohort.
    double negative_predictive_value = 0;
    double accuracy = 0;
};

/// Cutoffs lie midway between neighboring values. Throws Error invalid_value as area_under_curve.
RocAnalysis roc_analysis(const ScoredPatients& patients);

}  // namespace paraspinal
