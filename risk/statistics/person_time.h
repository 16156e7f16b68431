// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>

namespace paraspinal {

/// Events among patients who were watched for `time` together: years, say.
struct PersonTime {
    std::int64_t events = 0;
    double time = 0;
};

/// Events per unit of time with the exact Poisson 95 % interval (Garwood, Biometrika
/// 1936;28:437-442; R's poisson.test). Throws Error invalid_value unless the time is above 0.
IntervalEstimate event_rate(const PersonTime& group);

/// Rate of `first` over rate of `second` with the exact interval, conditional on the number of
/// events (R's poisson.test of two); an end is infinite where `second` has none. Throws Error
/// invalid_value unless both times are above 0 and there is an event.
IntervalEstimate rate_ratio(const PersonTime& first, const PersonTime& second);

/// Exact test of equal rates: the probability, given the number of events, of all splits that are
/// no likelier than the one observed (R's poisson.test of two). P is 1 without events. Throws Error
/// invalid_value unless both times are above 0.
TestResult rate_test(const PersonTime& first, const PersonTime& second);

}  // namespace paraspinal
