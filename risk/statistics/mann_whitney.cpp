// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/mann_whitney.h"

#include "core/error.h"
#include "risk/statistics/permutation_counts_internal.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>

namespace paraspinal {
namespace {

// As R's wilcox.test and wilcox.exact.
constexpr std::size_t kExactBelow = 50;

struct Ranks {
    std::vector<double> rank;
    double tie_term = 0;  // sum of t^3 - t over groups of t equal values
};

Ranks ranks_of(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    Ranks ranks{.rank = std::vector<double>(values.size())};
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) {
            ++end;
        }
        const auto ties = static_cast<double>(end - begin);
        for (std::size_t i = begin; i < end; ++i) {
            ranks.rank[order[i]] = 0.5 * static_cast<double>(begin + end + 1);
        }
        ranks.tie_term += ties * ties * ties - ties;
        begin = end;
    }
    return ranks;
}

// Two-sided P by all ways to give the ranks there are, ties included, to the smaller group: the
// share of those whose rank sum lies as far from its mean (Hollander and Wolfe, Nonparametric
// Statistical Methods, 1999, section 4.1).
double exact_p(std::span<const double> ranks, std::size_t first_size) {
    const bool first_smaller = 2 * first_size <= ranks.size();
    const std::vector<std::int64_t> twice = doubled(ranks);
    const std::span<const std::int64_t> all(twice);
    const std::span<const std::int64_t> smaller =
        first_smaller ? all.first(first_size) : all.subspan(first_size);
    const auto size = static_cast<std::int64_t>(smaller.size());
    const std::int64_t sum = std::accumulate(smaller.begin(), smaller.end(), std::int64_t{0});
    // Twice the mean of twice the rank sum: 2 x size x (total + 1).
    const std::int64_t twice_mean = 2 * size * (static_cast<std::int64_t>(ranks.size()) + 1);
    return two_sided_share(ways_to_choose(twice, smaller.size()), sum, twice_mean);
}

}  // namespace

std::vector<double> mid_ranks(std::span<const double> values) {
    return ranks_of(values).rank;
}

TestResult mann_whitney_u_test(std::span<const double> first, std::span<const double> second) {
    if (first.empty() || second.empty()) {
        throw Error(ErrorCode::invalid_value, "a rank test needs a value in each group");
    }
    std::vector<double> all(first.begin(), first.end());
    all.insert(all.end(), second.begin(), second.end());
    const Ranks ranks = ranks_of(all);
    const auto n = static_cast<double>(first.size());
    const auto m = static_cast<double>(second.size());
    const double rank_sum = std::accumulate(
        ranks.rank.begin(), ranks.rank.begin() + static_cast<std::ptrdiff_t>(first.size()), 0.0);
    const double u = rank_sum - n * (n + 1) / 2;
    TestResult result{.method = "Mann-Whitney U", .statistic = u};
    if (first.size() < kExactBelow && second.size() < kExactBelow) {
        result.p = exact_p(ranks.rank, first.size());
        return result;
    }
    const double total = n + m;
    const double variance = n * m / 12 * (total + 1 - ranks.tie_term / (total * (total - 1)));
    if (variance <= 0) {
        return result;  // All values are equal: P is 1.
    }
    const double from_center = u - n * m / 2;
    const double corrected = std::max(0.0, std::abs(from_center) - 0.5);
    result.p = std::erfc(corrected / std::sqrt(variance) / std::numbers::sqrt2);
    return result;
}

}  // namespace paraspinal
