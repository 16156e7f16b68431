// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace paraspinal {

/// Complete cases: one row a patient.
struct RegressionData {
    std::vector<std::string> names;   ///< Of the predictors.
    std::vector<double> x;            ///< Row by row, without the intercept.
    std::vector<std::uint8_t> event;  ///< 1 or 0, one a row.
};

struct LogisticOptions {
    /// Firth's penalty (Biometrika 1993;80:27-38; Heinze and Schemper, Stat Med 2002;21:2409-2419):
    /// less bias in small samples and finite estimates under separation.
    bool firth = false;
    /// With `firth`: the intercept fitted anew by maximum likelihood, the slopes as they are, so
    /// that the mean risk is the event rate, which Firth's penalty draws towards 1/2 (FLIC: Puhr et
    /// al., Stat Med 2017;36:2302-2317).
    bool flic = false;
    int max_iterations = 500;  ///< Firth converges slowly when outcomes are nearly separated.
};

struct LogisticFit {
    std::vector<double> coefficient;  ///< Intercept first, logits per unit.
    std::vector<double> covariance;   ///< Inverse of the Fisher information, row by row.
    double log_likelihood = 0;        ///< With Firth's penalty where that was asked for.
    int iterations = 0;
    bool converged = false;
    /// Maximum likelihood only: some combination of predictors splits the outcomes (completely or
    /// but for ties), so that no finite estimate exists. Proven by that combination, not guessed.
    bool separated = false;
};

/// Logistic regression of `event` on the predictors, by Newton's method.
/// Throws Error invalid_value naming the predictor when one has a single value or is a combination
/// of others, when only one outcome occurs, and when there are no more rows than coefficients.
LogisticFit fit_logistic(const RegressionData& data, const LogisticOptions& options = {});

/// Coefficient `term` (0 is the intercept) with its Wald interval.
IntervalEstimate wald_interval(const LogisticFit& fit, std::size_t term);

/// The same with the profile-likelihood interval (penalized likelihood with Firth): all values that
/// a likelihood-ratio test at 5 % does not reject. A bound that does not exist (the outcomes are
/// separated) is infinite.
IntervalEstimate profile_interval(const RegressionData& data,
                                  const LogisticFit& fit,
                                  std::size_t term,
                                  const LogisticOptions& options = {});

/// Two-sided P of the Wald test of coefficient `term`.
double wald_p(const LogisticFit& fit, std::size_t term);

/// (Penalized) likelihood-ratio test of the coefficients `terms` against 0, all together:
/// chi-square with as many degrees of freedom. Belongs to profile_interval as the Wald test belongs
/// to wald_interval.
TestResult likelihood_ratio_test(const RegressionData& data,
                                 const LogisticFit& fit,
                                 std::span<const std::size_t> terms,
                                 const LogisticOptions& options = {});

/// Its P for one coefficient.
double likelihood_ratio_p(const RegressionData& data,
                          const LogisticFit& fit,
                          std::size_t term,
                          const LogisticOptions& options = {});

}  // namespace paraspinal
