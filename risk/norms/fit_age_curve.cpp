// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/norms/fit_age_curve.h"

#include "core/error.h"
#include "risk/norms/age_powers_internal.h"
#include "risk/statistics/group_tests.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>
#include <numeric>
#include <set>
#include <string>
#include <utility>

namespace paraspinal {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd design(const VectorXd& years, Index count) {
    MatrixXd x(years.size(), count);
    for (Index i = 0; i < years.size(); ++i) {
        x.row(i) = age_powers(years(i), count);
    }
    return x;
}

struct Fit {
    VectorXd mean;
    VectorXd log_sd;
    MatrixXd mean_covariance;
    MatrixXd log_sd_covariance;
    VectorXd z;
    double log_likelihood = -std::numeric_limits<double>::infinity();
};

double log_likelihood_at(const MatrixXd& x,
                         const MatrixXd& d,
                         const VectorXd& y,
                         const VectorXd& mean,
                         const VectorXd& log_sd) {
    const VectorXd log_deviation = d * log_sd;
    const VectorXd z = ((y - x * mean).array() * (-log_deviation).array().exp()).matrix();
    return -0.5 * z.squaredNorm() - log_deviation.sum() -
           0.5 * static_cast<double>(y.size()) * std::log(2 * std::numbers::pi);
}

// By Fisher scoring: the information of means and deviations has no common part, so that each is a
// regression of its own (Aitkin 1987, doi:10.2307/2347792).
Fit fit_on_scale(const VectorXd& years, const VectorXd& y, Index bends, Index changes) {
    constexpr int kMostIterations = 500;
    constexpr double kLastGain = 1e-12;  // Of the log likelihood, of its own size.
    const MatrixXd x = design(years, bends);
    const MatrixXd d = design(years, changes);
    Fit fit;
    fit.mean = x.colPivHouseholderQr().solve(y);
    fit.log_sd = VectorXd::Zero(changes);
    fit.log_sd(0) =
        0.5 * std::log((y - x * fit.mean).squaredNorm() / static_cast<double>(y.size()));
    fit.log_likelihood = log_likelihood_at(x, d, y, fit.mean, fit.log_sd);
    for (int i = 0; i < kMostIterations; ++i) {
        const VectorXd weight = (-(d * fit.log_sd)).array().exp();
        const MatrixXd weighted = weight.asDiagonal() * x;
        const VectorXd mean = weighted.colPivHouseholderQr().solve(weight.cwiseProduct(y));
        const VectorXd z = weight.cwiseProduct(y - x * mean);
        const VectorXd score = d.transpose() * (z.array().square() - 1).matrix();
        VectorXd step = (2 * d.transpose() * d).ldlt().solve(score);
        double next = log_likelihood_at(x, d, y, mean, fit.log_sd + step);
        while (next < fit.log_likelihood && step.norm() > kLastGain) {
            step /= 2;
            next = log_likelihood_at(x, d, y, mean, fit.log_sd + step);
        }
        const double gain = next - fit.log_likelihood;
        fit.mean = mean;
        fit.log_sd += step;
        fit.log_likelihood = next;
        if (gain <= kLastGain * std::abs(next)) {
            break;
        }
    }
    const double n = static_cast<double>(y.size());
    fit.log_sd(0) += 0.5 * std::log(n / (n - static_cast<double>(bends)));
    const VectorXd weight = (-(d * fit.log_sd)).array().exp();
    const MatrixXd weighted = weight.asDiagonal() * x;
    fit.z = weight.cwiseProduct(y - x * fit.mean);
    fit.mean_covariance =
        (weighted.transpose() * weighted).ldlt().solve(MatrixXd::Identity(bends, bends));
    fit.log_sd_covariance =
        (2 * d.transpose() * d).ldlt().solve(MatrixXd::Identity(changes, changes));
    return fit;
}

std::vector<double> entries(const MatrixXd& symmetric) {
    const auto all = symmetric.reshaped();
    return {all.begin(), all.end()};
}

// Replaces `best` by what is likelier on `scale`.
void try_scale(NormScale scale,
               std::span<const Control> controls,
               const VectorXd& years,
               AgeCurve& best) {
    VectorXd y(years.size());
    double log_jacobian = 0;
    for (Index i = 0; i < y.size(); ++i) {
        const double value = controls[static_cast<std::size_t>(i)].value;
        y(i) = on_scale(scale, value);
        log_jacobian += log_derivative(scale, value);
    }
    for (const auto& [bends, changes] : {std::pair{2, 1}, {3, 1}, {2, 2}, {3, 2}}) {
        const Fit fit = fit_on_scale(years, y, bends, changes);
        const double log_likelihood = fit.log_likelihood + log_jacobian;
        const double bic =
            (bends + changes) * std::log(static_cast<double>(y.size())) - 2 * log_likelihood;
        if (bic < best.bic) {
            best.scale = scale;
            best.mean.assign(fit.mean.begin(), fit.mean.end());
            best.log_sd.assign(fit.log_sd.begin(), fit.log_sd.end());
            best.mean_covariance = entries(fit.mean_covariance);
            best.log_sd_covariance = entries(fit.log_sd_covariance);
            best.log_likelihood = log_likelihood;
            best.bic = bic;
            best.skewness = skewness(std::vector<double>(fit.z.begin(), fit.z.end()));
        }
    }
}

std::vector<std::pair<double, double>> gaps_of(std::span<const Control> controls) {
    std::set<double> ages;
    for (const Control& control : controls) {
        ages.insert(control.age_years);
    }
    std::vector<std::pair<double, double>> gaps;
    for (auto age = ages.begin(); std::next(age) != ages.end(); ++age) {
        if (*std::next(age) - *age > kWidestAgeGap) {
            gaps.emplace_back(*age, *std::next(age));
        }
    }
    return gaps;
}

}  // namespace

std::string no_curve_text(std::span<const Control> controls) {
    std::set<double> ages;
    std::set<double> values;
    for (const Control& control : controls) {
        ages.insert(control.age_years);
        values.insert(control.value);
    }
    const auto too_few = [](std::size_t count, const char* what, int fewest) {
        return std::to_string(count) + what + " are too few for a curve, which takes " +
               std::to_string(fewest);
    };
    if (std::cmp_less(controls.size(), kFewestControls)) {
        return too_few(controls.size(), " controls", kFewestControls) +
               " (Friedrichs et al. 2012, doi:10.1111/vcp.12006)";
    }
    if (std::cmp_less(ages.size(), kFewestAges)) {
        return too_few(ages.size(), " different ages", kFewestAges);
    }
    return std::cmp_less(values.size(), kFewestAges)
               ? too_few(values.size(), " different values", kFewestAges)
               : "";
}

AgeCurve fit_age_curve(std::span<const Control> controls, bool is_share) {
    if (const std::string reason = no_curve_text(controls); !reason.empty()) {
        throw Error(ErrorCode::invalid_value, reason);
    }
    const auto [youngest, oldest] = std::ranges::minmax(controls, {}, &Control::age_years);
    AgeCurve best{.is_share = is_share,
                  .controls = static_cast<int>(controls.size()),
                  .age_low_years = youngest.age_years,
                  .age_high_years = oldest.age_years,
                  .age_center_years = std::midpoint(youngest.age_years, oldest.age_years),
                  .age_gaps = gaps_of(controls),
                  .bic = std::numeric_limits<double>::infinity()};
    VectorXd years(static_cast<Index>(controls.size()));
    std::ranges::transform(controls, years.begin(), [&best](const Control& control) {
        return control.age_years - best.age_center_years;
    });
    for (const NormScale scale : norm_scales()) {
        const bool have_place = std::ranges::all_of(
            controls, [scale](const Control& control) { return has_place(scale, control.value); });
        if (have_place && (scale != NormScale::logit || is_share)) {
            try_scale(scale, controls, years, best);
        }
    }
    return best;
}

}  // namespace paraspinal
