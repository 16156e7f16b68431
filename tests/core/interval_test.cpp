// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/interval.h"

#include "core/error.h"
#include "core/normal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace paraspinal {
namespace {

double normal_share_below(double z) {
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

TEST(NormalQuantile, IsTheInverseOfTheDistribution) {
    for (const double share : {1e-12, 0.001, 0.024, 0.076, 0.3, 0.5, 0.9, 0.95, 0.975, 0.9999}) {
        EXPECT_NEAR(normal_share_below(normal_quantile(share)), share, 1e-14 + 1e-13 * share);
    }
    EXPECT_EQ(normal_quantile(0.5), 0);
    EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-13) << "qnorm(1e-20) of R";
}

TEST(NormalQuantile, ReachesAsFarAsTablesSay) {
    EXPECT_NEAR(normal_reach(0.95), 1.959963984540054, 1e-14);
    EXPECT_NEAR(normal_reach(0.90), 1.6448536269514722, 1e-14);
}

TEST(Interval, TellsTheSdByItsCoverage) {
    EXPECT_NEAR(sd_of({.low = 8.04, .high = 11.96, .coverage = 0.95}), 1.0, 2e-5);
    EXPECT_NEAR(sd_of({.low = 8.3551, .high = 11.6449, .coverage = 0.90}), 1.0, 1e-4);
    EXPECT_EQ(sd_of({.low = 5, .high = 5, .coverage = 0.90}), 0);
}

TEST(Interval, WithoutCoverageSaysNothing) {
    EXPECT_THROW(sd_of({.low = 1, .high = 2}), Error);
    EXPECT_THROW(sd_of({.low = 1, .high = 2, .coverage = 1}), Error);
    EXPECT_EQ(low_of(std::nullopt), std::nullopt);
    EXPECT_EQ(high_of(Interval{1, 2, 0.9}), 2);
}

}  // namespace
}  // namespace paraspinal
