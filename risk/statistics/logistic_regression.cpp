// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/logistic_regression.h"

#include "core/interval.h"
#include "core/normal.h"
#include "risk/statistics/logistic_problem_internal.h"

#include <algorithm>
#include <array>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <limits>
#include <numbers>

namespace paraspinal {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// 95 % point of chi-square with one degree of freedom, halved.
constexpr double kProfileDrop = 3.841458820694124 / 2;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The logarithm of the determinant of the information changes with the units; so does the penalty.
double penalty_shift(const LogisticProblem& problem) {
    return problem.firth ? problem.scale.array().log().sum() : 0;
}

double standard_error(const LogisticFit& fit, std::size_t term) {
    return std::sqrt(fit.covariance[term * fit.coefficient.size() + term]);
}

double two_sided_p(double chi_square) {
    return std::erfc(std::sqrt(std::max(0.0, chi_square) / 2));
}

// Likelihood with one coefficient (original units) held. The intercept of the original units is a
// mixture of the standardized coefficients: it is profiled by not centering the predictors.
class Profile {
  public:
    Profile(const RegressionData& data,
            const LogisticFit& fit,
            std::size_t term,
            const LogisticOptions& options)
        : problem_(logistic_problem(data, options)),
          term_(static_cast<Index>(term)),
          max_iterations_(options.max_iterations) {
        if (term == 0) {
            for (Index col = 1; col < problem_.x.cols(); ++col) {
                problem_.x.col(col).array() += problem_.center(col - 1) / problem_.scale(col - 1);
            }
            problem_.center.setZero();
        }
        const VectorXd original = Eigen::Map<const VectorXd>(
            fit.coefficient.data(), static_cast<Index>(fit.coefficient.size()));
        const auto back = to_original(problem_).partialPivLu();
        last_ = back.solve(original);
        value_ = original(term_);
        if (fit.converged) {
            // How the other coefficients follow this one near the estimate.
            const Eigen::Map<const MatrixXd> covariance(
                fit.covariance.data(), original.size(), original.size());
            slope_ = back.solve(VectorXd(covariance.col(term_) / covariance(term_, term_)));
        } else {
            slope_ = VectorXd::Zero(original.size());
        }
    }

    // Maximal log likelihood when the coefficient is `value`, starting from the last answer.
    double operator()(double value) {
        last_ += slope_ * (value - value_);
        value_ = value;
        last_(term_) = term_ == 0 ? value : value * problem_.scale(term_ - 1);
        const Maximum maximum = maximize(problem_, last_, max_iterations_, std::array{term_});
        last_ = maximum.point.b;
        return maximum.point.log_likelihood + penalty_shift(problem_);
    }

    // A step that stays within what Newton's method can follow.
    [[nodiscard]] double longest_step() const {
        constexpr double kStandardized = 5;
        return term_ == 0 ? kStandardized : kStandardized / problem_.scale(term_ - 1);
    }

  private:
    LogisticProblem problem_;
    Index term_;
    int max_iterations_;
    VectorXd last_;
    VectorXd slope_;
    double value_ = 0;
};

// Where the profile falls by kProfileDrop below the fit's maximum, going from its coefficient by
// steps of `step` (its sign is the direction); infinite when it does not within a hundred steps.
double profile_bound(Profile profile, double step, const LogisticFit& fit, std::size_t term) {
    const double limit = fit.log_likelihood - kProfileDrop;
    const auto below = [&](double value) { return profile(value) < limit; };
    double inside = fit.coefficient[term];
    double outside = inside + step;
    constexpr int kMostSteps = 100;
    for (int i = 0; !below(outside); ++i) {
        if (i == kMostSteps) {
            return step > 0 ? kInfinity : -kInfinity;
        }
        inside = outside;
        outside += step;
    }
    while (std::abs(outside - inside) > 1e-10 * std::abs(step)) {
        const double middle = 0.5 * (inside + outside);
        (below(middle) ? outside : inside) = middle;
    }
    return 0.5 * (inside + outside);
}

// The slopes of `b` under the intercept of maximum likelihood.
Point with_likeliest_intercept(const LogisticProblem& problem, VectorXd b) {
    constexpr int kSteps = 100;
    constexpr double kLastStep = 1e-12;
    Point at = likelihood_at(problem, b);
    for (int i = 0; i < kSteps; ++i) {
        const double step = std::clamp(at.score(0) / at.information(0, 0), -1.0, 1.0);
        b(0) += step;
        at = likelihood_at(problem, b);
        if (std::abs(step) < kLastStep) {
            break;
        }
    }
    return at;
}

}  // namespace

LogisticFit fit_logistic(const RegressionData& data, const LogisticOptions& options) {
    const LogisticProblem problem = logistic_problem(data, options);
    const Index terms = problem.x.cols();
    const Maximum maximum = maximize(problem, VectorXd::Zero(terms), options.max_iterations);
    const Point at = options.firth && options.flic
                         ? with_likeliest_intercept(problem, maximum.point.b)
                         : maximum.point;
    const MatrixXd back = to_original(problem);
    const VectorXd coefficient = back * at.b;
    const MatrixXd inverse = at.information.ldlt().solve(MatrixXd::Identity(terms, terms));
    const MatrixXd covariance = back * inverse * back.transpose();
    LogisticFit fit;
    fit.coefficient.assign(coefficient.begin(), coefficient.end());
    const auto entries = covariance.reshaped();
    fit.covariance.assign(entries.begin(), entries.end());
    fit.log_likelihood = maximum.point.log_likelihood + penalty_shift(problem);
    fit.iterations = maximum.iterations;
    fit.converged = maximum.converged;
    fit.separated = !options.firth && !maximum.converged && separates(problem, maximum.last_step);
    return fit;
}

IntervalEstimate wald_interval(const LogisticFit& fit, std::size_t term) {
    const double reach = normal_reach(kConfidence) * standard_error(fit, term);
    const double value = fit.coefficient[term];
    return {.value = value, .low = value - reach, .high = value + reach};
}

IntervalEstimate profile_interval(const RegressionData& data,
                                  const LogisticFit& fit,
                                  std::size_t term,
                                  const LogisticOptions& options) {
    const Profile profile(data, fit, term, options);
    const double value = fit.coefficient[term];
    // Under separation standard errors are of no use as a scale.
    const double error = 2 * standard_error(fit, term);
    const double step = fit.converged ? error : std::min(error, profile.longest_step());
    return {.value = value,
            .low = profile_bound(profile, -step, fit, term),
            .high = profile_bound(profile, step, fit, term)};
}

double wald_p(const LogisticFit& fit, std::size_t term) {
    const double z = fit.coefficient[term] / standard_error(fit, term);
    return two_sided_p(z * z);
}

TestResult likelihood_ratio_test(const RegressionData& data,
                                 const LogisticFit& fit,
                                 std::span<const std::size_t> terms,
                                 const LogisticOptions& options) {
    const auto freedom = static_cast<double>(terms.size());
    TestResult result{.method = options.firth ? "penalized likelihood ratio" : "likelihood ratio",
                      .degrees_of_freedom = freedom};
    double restricted = 0;
    if (terms.size() == 1) {
        restricted = Profile(data, fit, terms.front(), options)(0);
    } else {
        const LogisticProblem problem = logistic_problem(data, options);
        const std::vector<Index> fixed(terms.begin(), terms.end());
        const VectorXd start = VectorXd::Zero(problem.x.cols());
        restricted = maximize(problem, start, options.max_iterations, fixed).point.log_likelihood +
                     penalty_shift(problem);
    }
    result.statistic = std::max(0.0, 2 * (fit.log_likelihood - restricted));
    result.p = boost::math::cdf(
        boost::math::complement(boost::math::chi_squared(freedom), *result.statistic));
    return result;
}

double likelihood_ratio_p(const RegressionData& data,
                          const LogisticFit& fit,
                          std::size_t term,
                          const LogisticOptions& options) {
    return likelihood_ratio_test(data, fit, std::array{term}, options).p;
}

}  // namespace paraspinal
