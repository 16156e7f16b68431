// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/paired_tests.h"

#include "core/error.h"
#include "risk/statistics/mann_whitney.h"
#include "risk/statistics/permutation_counts_internal.h"
#include "risk/statistics/proportion.h"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <vector>

namespace paraspinal {
namespace {

using boost::math::cdf;
using boost::math::complement;
using boost::math::quantile;
using boost::math::students_t;

constexpr std::size_t kExactBelow = 50;  // As R's wilcox.test and wilcox.exact.

SampleMoments moments_of(std::span<const double> differences) {
    const SampleMoments moments = sample_moments(differences);
    if (moments.n < 2 || moments.sd <= 0) {
        throw Error(ErrorCode::invalid_value,
                    "a paired t test needs two differences and some spread");
    }
    return moments;
}

double odds(double share) {
    return share < 1 ? share / (1 - share) : std::numeric_limits<double>::infinity();
}

double normal_p(std::span<const double> ranks, double positive_sum) {
    const auto n = static_cast<double>(ranks.size());
    std::map<double, double> ties;
    for (const double rank : ranks) {
        ++ties[rank];
    }
    double tie_term = 0;
    for (const auto& [rank, count] : ties) {
        tie_term += count * count * count - count;
    }
    const double sd = std::sqrt(n * (n + 1) * (2 * n + 1) / 24 - tie_term / 48);
    const double distance = std::max(0.0, std::abs(positive_sum - n * (n + 1) / 4) - 0.5);
    return std::erfc(distance / sd / std::numbers::sqrt2);
}

}  // namespace

TestResult paired_t_test(std::span<const double> differences) {
    const SampleMoments moments = moments_of(differences);
    const double t = moments.mean / (moments.sd / std::sqrt(moments.n));
    return {.method = "paired t",
            .statistic = t,
            .degrees_of_freedom = moments.n - 1,
            .p = 2 * cdf(complement(students_t(moments.n - 1), std::abs(t)))};
}

IntervalEstimate mean_change(std::span<const double> differences) {
    const SampleMoments moments = moments_of(differences);
    const double reach =
        quantile(students_t(moments.n - 1), 0.975) * moments.sd / std::sqrt(moments.n);
    return {.value = moments.mean, .low = moments.mean - reach, .high = moments.mean + reach};
}

TestResult wilcoxon_signed_rank_test(std::span<const double> differences) {
    if (differences.empty()) {
        throw Error(ErrorCode::invalid_value, "a signed rank test needs a pair");
    }
    std::vector<double> changed(differences.begin(), differences.end());
    std::erase(changed, 0.0);
    std::vector<double> sizes;
    for (const double difference : changed) {
        sizes.push_back(std::abs(difference));
    }
    const std::vector<double> ranks = mid_ranks(sizes);
    double positive_sum = 0;
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        positive_sum += changed[i] > 0 ? ranks[i] : 0;
    }
    TestResult result{.method = "Wilcoxon signed rank", .statistic = positive_sum};
    if (changed.empty()) {
        return result;
    }
    if (changed.size() >= kExactBelow) {
        result.p = normal_p(ranks, positive_sum);
        return result;
    }
    const auto n = static_cast<std::int64_t>(changed.size());
    // All in twice the ranks: the mean of their sum is n (n + 1) / 2.
    result.p = two_sided_share(
        ways_to_choose_any(doubled(ranks)), std::llround(2 * positive_sum), n * (n + 1));
    return result;
}

TestResult mcnemar_test(const DiscordantPairs& pairs) {
    const auto fewer = static_cast<double>(std::min(pairs.only_first, pairs.only_second));
    const auto all = static_cast<double>(pairs.only_first + pairs.only_second);
    TestResult result{.method = "McNemar exact"};
    if (all > 0) {
        result.p = std::min(1.0, 2 * cdf(boost::math::binomial(all, 0.5), fewer));
    }
    return result;
}

IntervalEstimate matched_odds_ratio(const DiscordantPairs& pairs) {
    const IntervalEstimate share = clopper_pearson_interval(
        {.with = pairs.only_second, .all = pairs.only_first + pairs.only_second});
    return {.value = odds(share.value), .low = odds(share.low), .high = odds(share.high)};
}

}  // namespace paraspinal
