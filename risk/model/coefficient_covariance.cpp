// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/coefficient_covariance.h"

#include "risk/model/published_cohort.h"

#include <cmath>

namespace paraspinal {

std::vector<double> coefficient_covariance(const RiskModel& model) {
    if (!model.covariance.empty()) {
        return model.covariance;
    }
    const std::size_t terms = model.predictors.size() + 1;
    const double rate = event_rate(model);
    const auto slope = [&](double& parameter, double step, const auto& calibrated) {
        const double center = parameter;
        parameter = center + step;
        const double above = calibrated();
        parameter = center - step;
        const double below = calibrated();
        parameter = center;
        return (above - below) / (2 * step);
    };
    std::vector<double> covariance(terms * terms, 0.0);
    double target = rate;
    RiskModel moved = model;
    const auto calibrated = [&] { return calibrate_intercept(moved, target); };
    const double rate_slope = slope(target, 1e-4, calibrated);
    covariance[0] = rate_slope * rate_slope * rate * (1 - rate) / (model.events + model.non_events);
    for (std::size_t i = 1; i < terms; ++i) {
        const double variance = std::pow(model.predictors[i - 1].standard_error, 2);
        const double intercept_slope = slope(moved.predictors[i - 1].coefficient, 1e-4, calibrated);
        covariance[0] += intercept_slope * intercept_slope * variance;
        covariance[i] = intercept_slope * variance;
        covariance[i * terms] = intercept_slope * variance;
        covariance[i * terms + i] = variance;
    }
    return covariance;
}

}  // namespace paraspinal
