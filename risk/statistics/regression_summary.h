// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/logistic_regression.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// What a regression says as a whole.
struct RegressionSummary {
    std::size_t patients = 0;
    std::size_t events = 0;
    /// All slopes against 0 ((penalized) likelihood ratio).
    TestResult test;
    /// Share of what a perfect model would explain, [0, 1]. Source: Nagelkerke, Biometrika
    /// 1991;78:691-692. Absent with Firth's penalty and when the outcomes are separated.
    std::optional<double> nagelkerke_r2;
};

/// Of a fit of `data` with `options`.
RegressionSummary summarize_regression(const RegressionData& data,
                                       const LogisticFit& fit,
                                       const LogisticOptions& options = {});

/// One a predictor, from 1: how much the variance of its coefficient grows because other predictors
/// tell the same, 1 / (1 - R2 of its linear regression on them). Source: Marquardt, Technometrics
/// 1970;12:591-612. Throws Error invalid_value as fit_logistic.
std::vector<double> variance_inflation(const RegressionData& data);

/// Above this a predictor tells little that the others do not.
/// Source: Marquardt 1970, "greater than 10".
inline constexpr double kCollinearInflation = 10;

}  // namespace paraspinal
