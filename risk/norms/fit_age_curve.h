// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/norms/age_curve.h"

#include <span>
#include <string>

namespace paraspinal {

/// A healthy person.
struct Control {
    double age_years = 0;
    double value = 0;
};

/// Fewest controls of a curve: what guidelines ask for before reference limits are told by a
/// parametric method (Friedrichs et al. 2012, doi:10.1111/vcp.12006; CLSI EP28-A3c).
inline constexpr int kFewestControls = 40;
/// From here on those guidelines need no distribution for them.
inline constexpr int kManyControls = 120;
/// Fewest different ages, and different values, so that a bend can be told from scatter. Our
/// choice.
inline constexpr int kFewestAges = 10;

/// Between controls whose ages lie farther apart nobody is placed: a curve there is drawn, not
/// measured. What a coefficient stands for. Our choice.
inline constexpr double kWidestAgeGap = 10;

/// Why there is no curve of `controls`: fewer than kFewestControls or kFewestAges, or values that
/// do not vary; else empty.
std::string no_curve_text(std::span<const Control> controls);

/// The curve of least BIC among all scales, straight and bent means, constant and changing
/// deviations, each by maximum likelihood with the Jacobian of the scale; the deviation is then
/// made larger by sqrt(n / (n - coefficients of the mean)), as one controls' own scatter around
/// their own curve is too small. `is_share`: the values are percentages, which may have the scale
/// logit. Scales on which a value has no place (log of 0) are no candidates.
/// Throws Error invalid_value with no_curve_text.
AgeCurve fit_age_curve(std::span<const Control> controls, bool is_share);

}  // namespace paraspinal
