// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/several_groups.h"

#include "core/error.h"
#include "risk/statistics/mann_whitney.h"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

using boost::math::cdf;
using boost::math::complement;

void require(bool condition, const char* complaint) {
    if (!condition) {
        throw Error(ErrorCode::invalid_value, complaint);
    }
}

}  // namespace

TestResult one_way_anova(std::span<const SampleMoments> groups) {
    double patients = 0;
    double sum = 0;
    for (const SampleMoments& group : groups) {
        require(group.n >= 2, "an analysis of variance needs two values a group");
        patients += group.n;
        sum += group.n * group.mean;
    }
    double between = 0;
    double within = 0;
    for (const SampleMoments& group : groups) {
        between += group.n * std::pow(group.mean - sum / patients, 2);
        within += (group.n - 1) * group.sd * group.sd;
    }
    const auto k = static_cast<double>(groups.size());
    require(k >= 2 && within > 0, "an analysis of variance needs two groups and some spread");
    const double f = between / (k - 1) / (within / (patients - k));
    return {.method = "ANOVA",
            .statistic = f,
            .degrees_of_freedom = k - 1,
            .error_freedom = patients - k,
            .p = cdf(complement(boost::math::fisher_f(k - 1, patients - k), f))};
}

TestResult welch_anova(std::span<const SampleMoments> groups) {
    double weights = 0;
    double weighted = 0;
    for (const SampleMoments& group : groups) {
        require(group.n >= 2 && group.sd > 0,
                "Welch's analysis of variance needs two values and some spread in each group");
        const double weight = group.n / (group.sd * group.sd);
        weights += weight;
        weighted += weight * group.mean;
    }
    const auto k = static_cast<double>(groups.size());
    require(k >= 2, "an analysis of variance needs two groups");
    double between = 0;
    double lack = 0;
    for (const SampleMoments& group : groups) {
        const double weight = group.n / (group.sd * group.sd);
        between += weight * std::pow(group.mean - weighted / weights, 2);
        lack += std::pow(1 - weight / weights, 2) / (group.n - 1);
    }
    lack /= k * k - 1;
    const double f = between / ((k - 1) * (1 + 2 * (k - 2) * lack));
    const double error_freedom = 1 / (3 * lack);
    return {.method = "Welch ANOVA",
            .statistic = f,
            .degrees_of_freedom = k - 1,
            .error_freedom = error_freedom,
            .p = cdf(complement(boost::math::fisher_f(k - 1, error_freedom), f))};
}

TestResult kruskal_wallis_test(std::span<const std::vector<double>> groups) {
    std::vector<double> all;
    for (const std::vector<double>& group : groups) {
        require(!group.empty(), "a rank test needs a value in each group");
        all.insert(all.end(), group.begin(), group.end());
    }
    require(groups.size() >= 2, "a rank test needs two groups");
    const std::vector<double> ranks = mid_ranks(all);
    const double mean = (static_cast<double>(all.size()) + 1) / 2;
    double between = 0;
    double total = 0;
    std::size_t at = 0;
    for (const std::vector<double>& group : groups) {
        double off = 0;
        for (std::size_t i = 0; i < group.size(); ++i, ++at) {
            off += ranks[at] - mean;
            total += std::pow(ranks[at] - mean, 2);
        }
        between += off * off / static_cast<double>(group.size());
    }
    TestResult result{.method = "Kruskal-Wallis",
                      .degrees_of_freedom = static_cast<double>(groups.size()) - 1};
    if (total > 0) {
        result.statistic = (static_cast<double>(all.size()) - 1) * between / total;
        result.p = cdf(
            complement(boost::math::chi_squared(*result.degrees_of_freedom), *result.statistic));
    }
    return result;
}

}  // namespace paraspinal
