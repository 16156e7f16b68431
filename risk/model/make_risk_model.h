// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"
#include "risk/statistics/logistic_regression.h"

#include <cstddef>
#include <string>

namespace paraspinal {

/// What a new model card says of itself.
struct ModelCardText {
    std::string name;          ///< Lower-case letters, digits and _.
    std::string outcome;       ///< What the probability is the probability of.
    std::string origin;        ///< Whose patients: goes where an article is cited.
    std::size_t left_out = 0;  ///< Patients who lacked a value or the outcome.
};

/// The model card of a regression fitted to the user's own patients: coefficients with their
/// covariance, moments and ranges of the patients, caveats with the events per variable. Labels,
/// units and possible ranges come from the built-in card where the predictor is one of its own.
/// Throws Error invalid_value when a fit has not converged, a name is no card name, or a continuous
/// predictor does not vary within a group.
RiskModel fitted_model(const RegressionData& data,
                       const LogisticFit& fit,
                       const ModelCardText& text);

struct Recalibration {
    bool slope = false;        ///< All coefficients times one factor, not only a new intercept.
    std::string name{};        ///< Of the new card.
    std::size_t left_out = 0;  ///< As ModelCardText.
};

/// `model` recalibrated on the user's own patients (predictors in the order of the model), whose
/// moments and event rate the new card takes over. On complete cases only: values that are missing
/// are not integrated out here, because the card whose cohort that would need is being made; the
/// new card says how many patients that left out.
RiskModel recalibrated_model(const RiskModel& model,
                             const RegressionData& data,
                             const Recalibration& recalibration);

}  // namespace paraspinal
