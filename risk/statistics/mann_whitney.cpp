// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/mann_whitney.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace paraspinal {
namespace {

// R's wilcox.test counts exactly below this size.
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

// Two-sided P of U without ties, by the number of arrangements with each U (Mann and Whitney
// 1947). Their generating function is the Gaussian binomial: for each i up to n multiply by
// 1 - q^(m + i) and divide by 1 - q^i.
double exact_p(std::span<const double> first, std::span<const double> second, double u) {
    const std::size_t m = second.size();
    std::vector<double> ways(first.size() * m + 1, 0.0);
    ways[0] = 1;
    for (std::size_t i = 1; i <= first.size(); ++i) {
        for (std::size_t k = ways.size(); k-- > m + i;) {
            ways[k] -= ways[k - m - i];
        }
        for (std::size_t k = i; k < ways.size(); ++k) {
            ways[k] += ways[k - i];
        }
    }
    const double lower_u = std::min(u, static_cast<double>(first.size() * m) - u);
    const auto end = ways.begin() + static_cast<std::ptrdiff_t>(lower_u) + 1;
    const double lower_tail = std::accumulate(ways.begin(), end, 0.0);
    return std::min(1.0, 2 * lower_tail / std::accumulate(ways.begin(), ways.end(), 0.0));
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
    if (ranks.tie_term == 0 && first.size() < kExactBelow && second.size() < kExactBelow) {
        result.p = exact_p(first, second, u);
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
