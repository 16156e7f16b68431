// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/area_under_curve.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace paraspinal {

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
    IntervalEstimate sensitivity;  ///< Of the Youden cutoff, as all below; intervals of Wilson.
    IntervalEstimate specificity;
    /// These three hold for the cohort's own event rate; absent when nobody is on that side.
    std::optional<IntervalEstimate> positive_predictive_value;
    std::optional<IntervalEstimate> negative_predictive_value;
    IntervalEstimate accuracy;
};

/// Cutoffs lie midway between neighboring values. Throws Error invalid_value as area_under_curve.
RocAnalysis roc_analysis(const ScoredPatients& patients);

struct CutoffBootstrap {
    int resamples = 2000;  ///< As pROC's ci.coords.
    std::uint64_t seed = 1;
};

/// The Youden cutoff with the middle 95 % of the cutoffs of resampled patients, drawn within each
/// outcome. The sensitivity and specificity at a cutoff that the same patients chose are too good;
/// this says how far the cutoff itself is known. The same input gives the same answer.
/// Throws as roc_analysis.
IntervalEstimate youden_cutoff_interval(const ScoredPatients& patients,
                                        const CutoffBootstrap& bootstrap = {});

}  // namespace paraspinal
