// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/bootstrap_optimism.h"
#include "risk/statistics/group_tests.h"
#include "risk/statistics/logistic_regression.h"
#include "risk/statistics/roc.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace paraspinal {

/// Patients of similar predicted risk.
struct CalibrationGroup {
    std::size_t patients = 0;
    double predicted = 0;       ///< Mean, [0, 1].
    double observed = 0;        ///< Share with the event.
    IntervalEstimate interval;  ///< The same with Wilson's interval.
};

/// A place of the smooth calibration curve.
struct CalibrationPoint {
    double predicted = 0;
    IntervalEstimate observed;  ///< Share with the event, with Wald's interval of its logit.
};

/// Patients whose predicted risk lies in one twentieth of 0 to 1.
struct RiskBin {
    std::size_t events = 0;
    std::size_t others = 0;
};

/// Net benefit of acting on patients whose predicted risk reaches `threshold`: true positives minus
/// false positives x threshold / (1 - threshold), per patient. Source: Vickers and Elkin, Med Decis
/// Making 2006;26:565-574.
struct NetBenefit {
    double threshold = 0;
    double model = 0;
    double everyone = 0;  ///< Of acting on all patients; acting on none is 0.
};

/// How well predicted risks fit outcomes.
struct ModelValidation {
    std::size_t patients = 0;
    std::size_t events = 0;
    double mean_predicted = 0;
    /// Places of risks that are 0 or 1 in a computer's numbers; taken as 2.2e-16 from it, as R's
    /// glm does.
    std::vector<std::size_t> clamped;
    IntervalEstimate auc;     ///< DeLong.
    double brier = 0;         ///< Mean squared error of the risk; 0 is perfect.
    double scaled_brier = 0;  ///< 1 - brier / that of predicting the event rate; 1 is perfect.
    /// Intercept of a logistic regression with the predicted logit as offset: 0 is perfect, above 0
    /// means that risks are predicted too low.
    IntervalEstimate calibration_in_the_large;
    /// Slope of a logistic regression on the predicted logit: 1 is perfect, below 1 means that the
    /// risks are too extreme. Absent when the predictions separate the outcomes.
    std::optional<IntervalEstimate> calibration_slope;
    double calibration_intercept = 0;      ///< Of that regression; 0 when the slope is absent.
    std::vector<CalibrationGroup> groups;  ///< Tenths of the patients by predicted risk.
    /// Logistic regression on a restricted cubic spline of the predicted logit with knots at its
    /// 10, 50 and 90 % quantiles (Harrell, Regression Modeling Strategies, 2nd ed., 2.4.5), at 60
    /// places from the smallest to the largest risk; empty where that has no estimate.
    std::vector<CalibrationPoint> smooth;
    std::vector<RiskBin> histogram;          ///< 20 bins.
    std::vector<NetBenefit> decision_curve;  ///< Thresholds 1 % to 99 %.
};

/// Scores are predicted risks. Throws Error invalid_value unless both outcomes occur and every risk
/// lies in [0, 1].
ModelValidation validate_predictions(const ScoredPatients& predictions);

/// Predicted risks of the rows of `data` by coefficients (intercept first).
std::vector<double> predicted_risks(const RegressionData& data,
                                    const std::vector<double>& coefficient);

}  // namespace paraspinal
