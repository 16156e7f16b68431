// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"

#include <vector>

namespace paraspinal {

/// Covariance of (intercept, coefficients), row by row: the card's, or, when it has none, that of
/// independent coefficients with the card's standard errors whose intercept is calibrated anew for
/// every value of them and of the cohort's event rate (binomial): articles print no covariances.
std::vector<double> coefficient_covariance(const RiskModel& model);

}  // namespace paraspinal
