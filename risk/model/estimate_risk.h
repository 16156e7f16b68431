// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/interval.h"
#include "risk/model/published_cohort.h"
#include "risk/model/risk_estimate.h"
#include "risk/model/risk_model.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace paraspinal {

/// A predictor's value in the unit of its card and, for measured ones, the SD of its error.
struct RiskInput {
    double value = 0;
    double error_sd = 0;
};

/// A measured value with the error that its interval tells. Throws as sd_of.
RiskInput measured_input(double value, const Interval& interval);

/// What is known of one patient, by predictor key: the clinical keys ("age_years", "diabetes" as
/// 0 or 1 ...) and the measured "csa_cm2", "fdr_pct" and "vb_cm2". Keys that the model does not use
/// are ignored; predictors without an entry are missing.
using RiskInputs = std::map<std::string, RiskInput, std::less<>>;

/// Evaluates one model for many patients. Not for use by several threads at once.
///
/// Probability. With every predictor known: logistic(intercept + sum of coefficient x value).
/// Missing predictors are integrated out, never set to zero or to a mean: they are drawn from the
/// cohort of the card (see published_cohort.h), each group weighted by its size times the density
/// of the known values in it (Bayes), so that the estimate is the mean risk of those patients of
/// the cohort who look like this one. With nothing known it is the cohort's mean risk.
///
/// Interval, 95 %, by the delta method on the logit: mean logit -+ 1.96 sqrt(sum of variances) of
///  - the coefficients (coefficient_covariance),
///  - the measurement errors, taken as independent of each other,
///  - the missing predictors, given the known ones.
class RiskEstimator {
  public:
    /// Loads the card that stands beside `model` (RiskModel::companion) too, where it has the same
    /// predictors. Throws as load_risk_model, about that card.
    explicit RiskEstimator(RiskModel model);

    [[nodiscard]] const RiskModel& model() const { return model_; }

    /// `values` in the order of model().predictors.
    /// Throws Error invalid_value for a value outside the possible range, or a binary predictor
    /// other than 0 or 1, and usage when the number of values is wrong.
    [[nodiscard]] RiskEstimate estimate(std::span<const std::optional<RiskInput>> values);

  private:
    const CohortPoints& points_of_absent(const std::vector<bool>& absent);

    RiskModel model_;
    CohortSum cohort_;
    std::vector<double> covariance_;
    std::map<std::vector<bool>, CohortPoints> points_;
    std::unique_ptr<RiskEstimator> companion_;  // null: no card stands beside the model
};

/// The risk of one patient; see RiskEstimator. Throws Error invalid_value.
RiskEstimate estimate_risk(const RiskModel& model, const RiskInputs& inputs);

/// What one predictor adds to a patient's logit in comparison with the mean of the cohort.
struct RiskContribution {
    std::string key;
    double value = 0;  ///< Given, or expected in the cohort for such a patient when missing.
    bool imputed = false;
    double logits = 0;  ///< coefficient x (value - mean of the cohort); above 0 raises the risk.
};

/// One entry a predictor, the largest effect first. Throws as RiskEstimator::estimate.
std::vector<RiskContribution> risk_contributions(const RiskModel& model, const RiskInputs& inputs);

/// The same for values in the order of model.predictors.
std::vector<RiskContribution> risk_contributions(const RiskModel& model,
                                                 std::span<const std::optional<RiskInput>> values);

}  // namespace paraspinal
