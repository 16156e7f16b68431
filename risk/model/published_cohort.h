// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"

#include <vector>

namespace paraspinal {

/// The cohort that a model card describes, taken as a mixture of its two groups (with and without
/// the outcome) in the proportion of their sizes. Within a group every predictor is independent of
/// the others: normal with the group's mean and SD, or Bernoulli with the group's share. The card
/// knows nothing about correlations, so this is an assumption, not a finding.

/// Distribution in one group of a sum of coefficient x value: one normal of the same SD for each
/// pattern of the binary predictors.
struct GroupSum {
    std::vector<double> probability;  ///< Of each pattern; they add up to 1.
    std::vector<double> mean;         ///< Of the sum under each pattern, logits.
    double sd = 0;                    ///< 0 when no continuous predictor takes part.
};

struct CohortSum {
    GroupSum events;
    GroupSum non_events;
};

/// The sum over those predictors whose entry in `takes_part` is true, without intercept.
CohortSum cohort_sum(const RiskModel& model, const std::vector<bool>& takes_part);

/// Points and weights that stand for both distributions of a CohortSum in integrals of a function
/// f over them: sum of weight x f(value).
///
/// Where a normal takes part the points are a lattice shared by all patterns and both groups, so
/// the sum is the trapezoidal rule. For the logistic function it converges geometrically: at the
/// chosen step the error is below 1e-11 (Trefethen and Weideman, SIAM Review 2014;56:385-458).
/// Gauss-Hermite would need several hundred nodes a pattern, the SD being about 5 logits.
struct CohortPoints {
    std::vector<double> value;              ///< Logits.
    std::vector<double> events_weight;      ///< Adds up to 1.
    std::vector<double> non_events_weight;  ///< Adds up to 1.
};

CohortPoints cohort_points(const CohortSum& sum);

/// 1 / (1 + exp(-logit)).
double logistic(double logit);

/// ln(p / (1 - p)).
double logit(double probability);

/// Mean predicted risk of the cohort if the model's intercept were `intercept`, (0, 1).
double cohort_mean_risk(const RiskModel& model, double intercept);

/// The intercept at which the cohort's mean predicted risk is `mean_risk`, to 1e-12.
/// Throws Error invalid_value unless 0 < mean_risk < 1.
double calibrate_intercept(const RiskModel& model, double mean_risk);

/// Probability that a random patient with the outcome has a higher linear predictor than one
/// without: the AUC of the model in the cohort, exact under the assumption above.
double cohort_auc(const RiskModel& model);

/// How well the model's risks fit the cohort that it describes.
struct CohortCalibration {
    /// Slope and intercept of a logistic regression of the outcome on the predicted logit, in the
    /// whole cohort: 1 and 0 are perfect; a slope below 1 means that the risks are too extreme.
    double slope = 0;
    double intercept = 0;
    double share_extreme = 0;  ///< Of the cohort: told below 1 % or above 99 %.
};

/// Exact under the assumption above, to about 1e-10. The slope is 0 where the sum does not vary.
CohortCalibration cohort_calibration(const RiskModel& model);

/// Share of the cohort, [0, 1], whose logit (intercept included) is below `logit`.
double cohort_share_below(const RiskModel& model, const CohortSum& all_predictors, double logit);

}  // namespace paraspinal
