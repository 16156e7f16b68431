// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/person_time.h"

#include "core/error.h"
#include "core/interval.h"
#include "risk/statistics/proportion.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <limits>

namespace paraspinal {
namespace {

constexpr double kTail = (1 - kConfidence) / 2;
// Splits within this factor of the observed probability count as equally likely, as in R.
constexpr double kSameProbability = 1 + 1e-7;

void check(const PersonTime& group) {
    if (!(group.time > 0)) {
        throw Error(ErrorCode::invalid_value, "a rate needs a time of observation above 0");
    }
}

}  // namespace

IntervalEstimate event_rate(const PersonTime& group) {
    using boost::math::complement;
    using boost::math::gamma_distribution;
    using boost::math::quantile;
    check(group);
    const auto events = static_cast<double>(group.events);
    const double low = events > 0 ? quantile(gamma_distribution<>(events), kTail) : 0;
    const double high = quantile(complement(gamma_distribution<>(events + 1), kTail));
    return {.value = events / group.time, .low = low / group.time, .high = high / group.time};
}

IntervalEstimate rate_ratio(const PersonTime& first, const PersonTime& second) {
    check(first);
    check(second);
    const IntervalEstimate share =
        clopper_pearson_interval({.with = first.events, .all = first.events + second.events});
    const auto ratio = [&](double of_first) {
        return of_first < 1 ? of_first / (1 - of_first) * second.time / first.time
                            : std::numeric_limits<double>::infinity();
    };
    return {.value = ratio(share.value), .low = ratio(share.low), .high = ratio(share.high)};
}

TestResult rate_test(const PersonTime& first, const PersonTime& second) {
    check(first);
    check(second);
    const std::int64_t events = first.events + second.events;
    TestResult result{.method = "exact rates"};
    if (events == 0) {
        return result;
    }
    const boost::math::binomial splits(static_cast<double>(events),
                                       first.time / (first.time + second.time));
    const double limit =
        boost::math::pdf(splits, static_cast<double>(first.events)) * kSameProbability;
    double p = 0;
    for (std::int64_t of_first = 0; of_first <= events; ++of_first) {
        const double probability = boost::math::pdf(splits, static_cast<double>(of_first));
        p += probability <= limit ? probability : 0;
    }
    result.p = std::min(1.0, p);
    return result;
}

}  // namespace paraspinal
