// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "risk/statistics/logistic_problem_internal.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Smaller eigenvalues of the correlation matrix mean that a predictor repeats others.
constexpr double kCollinear = 1e-10;
// A spread below this share of the largest value is that of rounding.
constexpr double kSmallestSpread = 1e-12;
// Longest step in standardized units, as in R's logistf.
constexpr double kMaxStep = 5;
// Steps below this end the search; a likelihood that still gains less than that with longer steps
// has no maximum.
constexpr double kLastStep = 1e-10;
constexpr double kNoGain = 1e-10;

void check(const RegressionData& data) {
    const std::size_t rows = data.event.size();
    const auto events = static_cast<std::size_t>(std::ranges::count(data.event, 1));
    if (data.x.size() != rows * data.names.size()) {
        throw Error(ErrorCode::internal, "predictor values do not fill the rows");
    }
    if (events == 0 || events == rows) {
        throw Error(ErrorCode::invalid_value,
                    "a regression needs patients with and without the event");
    }
    if (rows <= data.names.size() + 1) {
        throw Error(ErrorCode::invalid_value,
                    "a regression needs more patients than coefficients; there are " +
                        std::to_string(rows) + " complete ones");
    }
}

void check_collinearity(const LogisticProblem& problem, const RegressionData& data) {
    const MatrixXd x = problem.x.rightCols(problem.x.cols() - 1);
    const MatrixXd correlation = x.transpose() * x / static_cast<double>(x.rows());
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(correlation);
    if (x.cols() > 0 && solver.eigenvalues()(0) < kCollinear) {
        Index worst = 0;
        solver.eigenvectors().col(0).cwiseAbs().maxCoeff(&worst);
        throw Error(ErrorCode::invalid_value,
                    "predictor " + data.names[static_cast<std::size_t>(worst)] +
                        " is a combination of others");
    }
}

Point evaluate(const LogisticProblem& problem, VectorXd b) {
    const VectorXd eta = problem.x * b;
    const VectorXd risk = (1 + (-eta.array()).exp()).inverse();
    const VectorXd weight = risk.array() * (1 - risk.array());
    // log(1 + exp(eta)) without overflow.
    const VectorXd log_sum = eta.array().max(0) + ((-eta.array().abs()).exp() + 1).log();
    Point point{.b = std::move(b)};
    point.log_likelihood = problem.y.dot(eta) - log_sum.sum();
    point.information = problem.x.transpose() * weight.asDiagonal() * problem.x;
    VectorXd residual = problem.y - risk;
    if (problem.firth) {
        const Eigen::LLT<MatrixXd> root(point.information);
        const MatrixXd half =
            root.matrixL().solve((weight.cwiseSqrt().asDiagonal() * problem.x).transpose());
        const VectorXd hat = half.colwise().squaredNorm();
        residual.array() += hat.array() * (0.5 - risk.array());
        const MatrixXd lower = root.matrixL();
        point.log_likelihood += lower.diagonal().array().log().sum();
    }
    point.score = problem.x.transpose() * residual;
    return point;
}

// The Newton step at `point`; the coefficients `fixed` stay. Nothing when it does not exist.
std::optional<VectorXd> newton_step(const Point& point, std::span<const Index> fixed) {
    MatrixXd information = point.information;
    VectorXd score = point.score;
    for (const Index term : fixed) {
        information.row(term).setZero();
        information.col(term).setZero();
        information(term, term) = 1;
        score(term) = 0;
    }
    VectorXd step = information.ldlt().solve(score);
    const double longest = step.cwiseAbs().maxCoeff();
    if (!std::isfinite(longest)) {
        return std::nullopt;
    }
    return longest > kMaxStep ? VectorXd(step * (kMaxStep / longest)) : step;
}

}  // namespace

LogisticProblem logistic_problem(const RegressionData& data, const LogisticOptions& options) {
    check(data);
    const auto rows = static_cast<Index>(data.event.size());
    const auto cols = static_cast<Index>(data.names.size());
    const Eigen::Map<const Eigen::Matrix<double, -1, -1, Eigen::RowMajor>> raw(
        data.x.data(), rows, cols);
    LogisticProblem problem{.x = MatrixXd::Ones(rows, cols + 1),
                            .y = VectorXd(rows),
                            .center = VectorXd(cols),
                            .scale = VectorXd(cols),
                            .firth = options.firth};
    for (Index row = 0; row < rows; ++row) {
        problem.y(row) = data.event[static_cast<std::size_t>(row)];
    }
    for (Index col = 0; col < cols; ++col) {
        const double mean = raw.col(col).mean();
        const double sd = std::sqrt((raw.col(col).array() - mean).square().mean());
        if (!(sd > kSmallestSpread * raw.col(col).cwiseAbs().maxCoeff())) {
            throw Error(ErrorCode::invalid_value,
                        "predictor " + data.names[static_cast<std::size_t>(col)] +
                            " has the same value in all patients");
        }
        problem.center(col) = mean;
        problem.scale(col) = sd;
        problem.x.col(col + 1) = (raw.col(col).array() - mean) / sd;
    }
    check_collinearity(problem, data);
    return problem;
}

Maximum maximize(const LogisticProblem& problem,
                 const VectorXd& start,
                 int max_iterations,
                 std::span<const Index> fixed) {
    Maximum maximum{.point = evaluate(problem, start), .last_step = VectorXd::Zero(start.size())};
    while (maximum.iterations < max_iterations) {
        ++maximum.iterations;
        const Point& at = maximum.point;
        std::optional<VectorXd> step = newton_step(at, fixed);
        if (!step) {
            break;
        }
        maximum.last_step = *step;
        const double length = step->cwiseAbs().maxCoeff();
        if (length < kLastStep) {
            maximum.converged = true;
            break;
        }
        Point next = evaluate(problem, at.b + *step);
        // What rounding may take away from a likelihood that no longer grows.
        const double room = 1e-12 * (1 + std::abs(at.log_likelihood));
        constexpr int kMostHalvings = 30;
        for (int i = 0; i < kMostHalvings && !(next.log_likelihood >= at.log_likelihood - room);
             ++i) {
            *step *= 0.5;
            next = evaluate(problem, at.b + *step);
        }
        const double gain = next.log_likelihood - at.log_likelihood;
        maximum.point = std::move(next);
        if (!problem.firth && gain < kNoGain && length > 1e-2) {
            break;
        }
    }
    return maximum;
}

Point likelihood_at(const LogisticProblem& problem, const VectorXd& b) {
    LogisticProblem plain = problem;
    plain.firth = false;
    return evaluate(plain, b);
}

bool separates(const LogisticProblem& problem, const VectorXd& direction) {
    constexpr double kOnTheLine = 1e-4;
    const VectorXd side = (2 * problem.y.array() - 1) * (problem.x * direction).array();
    const double farthest = side.cwiseAbs().maxCoeff();
    return farthest > 0 && side.minCoeff() > -kOnTheLine * farthest;
}

MatrixXd to_original(const LogisticProblem& problem) {
    const Index terms = problem.x.cols();
    MatrixXd matrix = MatrixXd::Zero(terms, terms);
    matrix(0, 0) = 1;
    for (Index i = 1; i < terms; ++i) {
        matrix(i, i) = 1 / problem.scale(i - 1);
        matrix(0, i) = -problem.center(i - 1) / problem.scale(i - 1);
    }
    return matrix;
}

}  // namespace paraspinal
