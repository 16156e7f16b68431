// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/permutation_counts_internal.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <numeric>

namespace paraspinal {

std::vector<double> ways_to_choose(std::span<const std::int64_t> weights, std::size_t size) {
    std::vector<std::int64_t> largest(weights.begin(), weights.end());
    std::ranges::sort(largest, std::greater<>());
    const std::int64_t most = std::accumulate(
        largest.begin(), largest.begin() + static_cast<std::ptrdiff_t>(size), std::int64_t{0});
    const auto sums = static_cast<std::size_t>(most) + 1;
    std::vector<std::vector<double>> ways(size + 1, std::vector<double>(sums, 0.0));
    ways[0][0] = 1;
    std::size_t seen = 0;
    for (const std::int64_t weight : weights) {
        const auto step = static_cast<std::size_t>(weight);
        ++seen;
        for (std::size_t chosen = std::min(seen, size); chosen > 0; --chosen) {
            for (std::size_t sum = step; sum < sums; ++sum) {
                ways[chosen][sum] += ways[chosen - 1][sum - step];
            }
        }
    }
    return ways[size];
}

std::vector<double> ways_to_choose_any(std::span<const std::int64_t> weights) {
    const std::int64_t most = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    std::vector<double> ways(static_cast<std::size_t>(most) + 1, 0.0);
    ways[0] = 1;
    for (const std::int64_t weight : weights) {
        const auto step = static_cast<std::size_t>(weight);
        for (std::size_t sum = ways.size(); sum-- > step;) {
            ways[sum] += ways[sum - step];
        }
    }
    return ways;
}

double two_sided_share(std::span<const double> ways, std::int64_t sum, std::int64_t twice_center) {
    const std::int64_t distance = std::abs(2 * sum - twice_center);
    double all = 0;
    double as_far = 0;
    std::int64_t at = 0;
    for (const double count : ways) {
        all += count;
        if (std::abs(2 * at - twice_center) >= distance) {
            as_far += count;
        }
        ++at;
    }
    return std::min(1.0, as_far / all);
}

std::vector<std::int64_t> doubled(std::span<const double> mid_ranks) {
    std::vector<std::int64_t> twice;
    for (const double rank : mid_ranks) {
        twice.push_back(std::llround(2 * rank));
    }
    return twice;
}

}  // namespace paraspinal
