// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>

namespace paraspinal {

/// How many of how many.
struct Proportion {
    std::int64_t with = 0;
    std::int64_t all = 0;
};

/// Share of 1 with Wilson's 95 % interval, which is never empty and never leaves [0, 1].
/// Source: Wilson, J Am Stat Assoc 1927;22:209-212. Throws Error invalid_value of none at all.
IntervalEstimate wilson_interval(const Proportion& proportion);

/// Share of 1 with the exact 95 % interval. Source: Clopper and Pearson, Biometrika
/// 1934;26:404-413. Throws as wilson_interval.
IntervalEstimate clopper_pearson_interval(const Proportion& proportion);

}  // namespace paraspinal
