// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/norms/norm_scale.h"

#include <optional>
#include <utility>
#include <vector>

namespace paraspinal {

/// Mean and standard deviation of healthy people as functions of age, on `scale`: with
/// d = (age - age_center_years) / 10, mean = mean[0] + mean[1] d (+ mean[2] d^2) and
/// SD = exp(log_sd[0] (+ log_sd[1] d)).
struct AgeCurve {
    NormScale scale = NormScale::raw;
    bool is_share = false;  ///< Of percentages, which end at 100.
    int controls = 0;
    double age_low_years = 0;  ///< Of the youngest control; nothing is known beyond.
    double age_high_years = 0;
    double age_center_years = 0;
    /// Neighboring ages of controls that lie more than kWidestAgeGap apart.
    std::vector<std::pair<double, double>> age_gaps;
    std::vector<double> mean;
    std::vector<double> log_sd;
    /// Inverse of the expected information, row by row. Means and deviations are uncorrelated.
    std::vector<double> mean_covariance;
    std::vector<double> log_sd_covariance;
    double log_likelihood = 0;  ///< Of the values as measured, whatever the scale.
    double bic = 0;
    double skewness = 0;  ///< Of the z of the controls; 0 where the scale fits.
};

/// Where a person stands among the healthy of her age.
struct NormPosition {
    double expected = 0;           ///< Median of the healthy, in the unit of the value.
    double z = 0;                  ///< Deviations from their mean, on the scale.
    std::optional<double> z_low;   ///< Of its 90 % interval; nothing: without end.
    std::optional<double> z_high;  ///< The same.
    double percentile = 0;         ///< Share of the healthy below, percent.
    double percentile_low = 0;
    double percentile_high = 0;
};

/// The position of `value`, known with the standard deviation `measurement_sd` in its own unit. The
/// interval (kMeasurementCoverage) holds what measuring her again and other controls would change:
/// the ends of the measurement's own interval and the standard error of the curve, squared and
/// added (Zou and Donner 2008, doi:10.1002/sim.3095). nullopt where the value has no place on the
/// scale. Throws Error invalid_value for an age outside the curve's.
std::optional<NormPosition> position_on(const AgeCurve& curve,
                                        double age_years,
                                        double value,
                                        double measurement_sd);

/// Whether controls of about that age are in the curve: it lies between the youngest and the
/// oldest, and in no gap.
bool has_controls_near(const AgeCurve& curve, double age_years);

/// The value below which `share` of the healthy of that age lie. Throws as position_on.
double value_at(const AgeCurve& curve, double age_years, double share);

}  // namespace paraspinal
