// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/proportion.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

namespace paraspinal {
namespace {

double share_of(const Proportion& proportion) {
    if (proportion.all <= 0) {
        throw Error(ErrorCode::invalid_value, "a share of nobody has no value");
    }
    return static_cast<double>(proportion.with) / static_cast<double>(proportion.all);
}

}  // namespace

IntervalEstimate wilson_interval(const Proportion& proportion) {
    const double share = share_of(proportion);
    const auto n = static_cast<double>(proportion.all);
    const double z = normal_reach(kConfidence);
    const double center = share + z * z / (2 * n);
    const double reach = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    // Rounding may leave the ends 1e-17 beyond 0 and 1, which they reach exactly.
    return {.value = share,
            .low = std::clamp((center - reach) / scale, 0.0, share),
            .high = std::clamp((center + reach) / scale, share, 1.0)};
}

IntervalEstimate clopper_pearson_interval(const Proportion& proportion) {
    using boost::math::binomial;
    const double share = share_of(proportion);
    const auto n = static_cast<double>(proportion.all);
    const auto with = static_cast<double>(proportion.with);
    constexpr double kTail = (1 - kConfidence) / 2;
    return {.value = share,
            .low = with > 0 ? binomial::find_lower_bound_on_p(n, with, kTail) : 0,
            .high = with < n ? binomial::find_upper_bound_on_p(n, with, kTail) : 1};
}

}  // namespace paraspinal
