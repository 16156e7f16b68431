// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <optional>
#include <string>

namespace paraspinal {

/// A P value for people ("0.046", "<0.001") or, with `exact`, in full.
std::string p_value_text(double p, bool exact);

/// `value` in full, "inf" and "-inf" for what is infinite.
std::string full_text(double value);

/// `value` with `decimals` or as many more as show two digits of `resolution`, the smallest
/// difference that matters; "1.23e-12" where that takes more than nine decimals or the number is
/// 1e9 or larger, "inf" and "-inf" for what is infinite.
std::string scaled_text(double value, double resolution, int decimals);

/// "3.2 [1.1, 5.4]" with `decimals` or as many more as show two digits of the shorter half of the
/// interval; "-" when absent.
std::string interval_text(const std::optional<IntervalEstimate>& estimate, int decimals);

/// A ratio of odds or rates from the interval of its logarithm: as interval_text, but with
/// as many decimals as show its lower end too, and "1.5e-433" beyond what a double can hold.
std::string ratio_text(const IntervalEstimate& logarithm, int decimals);

/// Whether ratio_text needs powers of ten for it.
bool is_extreme_ratio(const IntervalEstimate& logarithm);

/// "73.20 ± 6.40" with as many decimals as show two digits of the SD, at least two; "73.20 (n = 1)"
/// of a single value, empty of none.
std::string moments_text(const SampleMoments& moments);

}  // namespace paraspinal
