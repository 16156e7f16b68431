// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "risk/statistics/logistic_regression.h"

#include <Eigen/Dense>
#include <span>

namespace paraspinal {

/// Predictors standardized, an intercept in front.
struct LogisticProblem {
    Eigen::MatrixXd x;
    Eigen::VectorXd y;
    Eigen::VectorXd center;
    Eigen::VectorXd scale;
    bool firth = false;
};

/// Throws Error invalid_value as fit_logistic.
LogisticProblem logistic_problem(const RegressionData& data, const LogisticOptions& options);

/// The (penalized) likelihood at standardized coefficients `b`.
struct Point {
    Eigen::VectorXd b;
    double log_likelihood = 0;
    Eigen::VectorXd score;
    Eigen::MatrixXd information;
};

struct Maximum {
    Point point;
    Eigen::VectorXd last_step;
    int iterations = 0;
    bool converged = false;
};

/// Newton's method with step halving; the coefficients `fixed` stay at their start.
Maximum maximize(const LogisticProblem& problem,
                 const Eigen::VectorXd& start,
                 int max_iterations,
                 std::span<const Eigen::Index> fixed = {});

/// The unpenalized likelihood at `b`.
Point likelihood_at(const LogisticProblem& problem, const Eigen::VectorXd& b);

/// Whether `direction` proves separation: no patient lies on the wrong side of it, some on the
/// right one. Where the likelihood has no maximum Newton's steps turn into such a direction.
bool separates(const LogisticProblem& problem, const Eigen::VectorXd& direction);

/// Coefficients in original units = this matrix x standardized coefficients.
Eigen::MatrixXd to_original(const LogisticProblem& problem);

}  // namespace paraspinal
