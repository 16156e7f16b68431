// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/regression_summary.h"

#include "risk/statistics/logistic_problem_internal.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace paraspinal {
RegressionSummary summarize_regression(const RegressionData& data,
                                       const LogisticFit& fit,
                                       const LogisticOptions& options) {
    RegressionSummary summary{
        .patients = data.event.size(),
        .events = static_cast<std::size_t>(std::ranges::count(data.event, 1))};
    std::vector<std::size_t> slopes(data.names.size());
    std::iota(slopes.begin(), slopes.end(), 1U);
    summary.test = likelihood_ratio_test(data, fit, slopes, options);
    if (!options.firth && fit.converged) {
        const auto n = static_cast<double>(summary.patients);
        const double null = fit.log_likelihood - summary.test.statistic.value_or(0) / 2;
        summary.nagelkerke_r2 =
            (1 - std::exp(2 * (null - fit.log_likelihood) / n)) / (1 - std::exp(2 * null / n));
    }
    return summary;
}

std::vector<double> variance_inflation(const RegressionData& data) {
    const LogisticProblem problem = logistic_problem(data, {});
    const Eigen::Index terms = problem.x.cols() - 1;
    const Eigen::MatrixXd x = problem.x.rightCols(terms);
    const Eigen::MatrixXd correlation = x.transpose() * x / static_cast<double>(x.rows());
    // Of the inverse correlation matrix.
    const Eigen::VectorXd diagonal =
        correlation.ldlt().solve(Eigen::MatrixXd::Identity(terms, terms)).diagonal();
    return {diagonal.begin(), diagonal.end()};
}

}  // namespace paraspinal
