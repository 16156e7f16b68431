// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"
#include "risk/statistics/logistic_regression.h"

#include <string>

namespace paraspinal {

/// What a new model card says of itself.
struct ModelCardText {
    std::string name;     ///< Lower-case letters, digits and _.
    std::string outcome;  ///< What the probability is the probability of.
    std::string origin;   ///< Whose patients: goes where an article is cited.
};

/// The model card of a regression fitted to the user's own patients: coefficients with their
/// covariance, moments and ranges of the patients, caveats with the events per variable. Labels,
/// units and possible ranges come from the built-in card where the predictor is one of its own.
/// Throws Error invalid_value when a fit has not converged, a name is no card name, or a continuous
/// predictor does not vary within a group.
RiskModel fitted_model(const RegressionData& data,
                       const LogisticFit& fit,
                       const ModelCardText& text);

enum class Recalibration {
    intercept,            ///< A new intercept, coefficients as they are.
    intercept_and_slope,  ///< All coefficients times one factor as well.
};

/// `model` recalibrated on the user's own patients (predictors in the order of the model), whose
/// moments and event rate the new card takes over.
RiskModel recalibrated_model(const RiskModel& model,
                             const RegressionData& data,
                             Recalibration recalibration,
                             const std::string& name);

}  // namespace paraspinal
