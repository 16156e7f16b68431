// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/norms/age_curve.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"
#include "risk/norms/age_powers_internal.h"

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kWhole = 100;  // Percentages.

double quadratic_form(const std::vector<double>& covariance, const VectorXd& row) {
    const Eigen::Map<const MatrixXd> matrix(covariance.data(), row.size(), row.size());
    return row.dot(matrix * row);
}

// Mean and deviation at an age, and the variances of both estimates.
struct AtAge {
    double mean = 0;
    double sd = 1;
    double mean_variance = 0;
    double log_sd_variance = 0;
};

AtAge at_age(const AgeCurve& curve, double age_years) {
    if (age_years < curve.age_low_years || age_years > curve.age_high_years) {
        throw Error(ErrorCode::invalid_value, "the age lies outside the curve's");
    }
    const double years = age_years - curve.age_center_years;
    const VectorXd x = age_powers(years, static_cast<Index>(curve.mean.size()));
    const VectorXd d = age_powers(years, static_cast<Index>(curve.log_sd.size()));
    return {.mean = x.dot(Eigen::Map<const VectorXd>(curve.mean.data(), x.size())),
            .sd = std::exp(d.dot(Eigen::Map<const VectorXd>(curve.log_sd.data(), d.size()))),
            .mean_variance = quadratic_form(curve.mean_covariance, x),
            .log_sd_variance = quadratic_form(curve.log_sd_covariance, d)};
}

}  // namespace

bool has_controls_near(const AgeCurve& curve, double age_years) {
    return age_years >= curve.age_low_years && age_years <= curve.age_high_years &&
           std::ranges::none_of(curve.age_gaps, [age_years](const auto& gap) {
               return age_years > gap.first && age_years < gap.second;
           });
}

std::optional<NormPosition> position_on(const AgeCurve& curve,
                                        double age_years,
                                        double value,
                                        double measurement_sd) {
    const AtAge at = at_age(curve, age_years);
    if (!has_place(curve.scale, value)) {
        return std::nullopt;
    }
    const auto z_of = [&](double of) { return (on_scale(curve.scale, of) - at.mean) / at.sd; };
    const double z = z_of(value);
    // How z changes with mean and logarithm of the deviation: -1 / SD and -z.
    const double reach = normal_reach(kMeasurementCoverage);
    const double of_curve =
        reach * std::sqrt(at.mean_variance / (at.sd * at.sd) + z * z * at.log_sd_variance);
    const auto end = [&](double of, double sign) -> std::optional<double> {
        return has_place(curve.scale, of)
                   ? std::optional(z + sign * std::hypot(z_of(of) - z, of_curve))
                   : std::nullopt;
    };
    // An estimate may lie beyond the ends of what is possible; its interval need not.
    const double least = value - reach * measurement_sd;
    const double most = value + reach * measurement_sd;
    NormPosition position{
        .expected = from_scale(curve.scale, at.mean),
        .z = z,
        .z_low = end(std::max(least, std::min(value, 0.0)), -1),
        .z_high = end(curve.is_share ? std::min(most, std::max(value, kWhole)) : most, 1),
        .percentile = kWhole * normal_cdf(z)};
    position.percentile_low = position.z_low ? kWhole * normal_cdf(*position.z_low) : 0;
    position.percentile_high = position.z_high ? kWhole * normal_cdf(*position.z_high) : kWhole;
    return position;
}

double value_at(const AgeCurve& curve, double age_years, double share) {
    const AtAge at = at_age(curve, age_years);
    return from_scale(curve.scale, at.mean + normal_quantile(share) * at.sd);
}

}  // namespace paraspinal
