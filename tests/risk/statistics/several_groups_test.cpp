// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/several_groups.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <vector>

namespace paraspinal {
namespace {

// PlantGrowth of R: control and two treatments.
const std::vector<std::vector<double>>& plants() {
    static const std::vector<std::vector<double>> groups{
        {4.17, 5.58, 5.18, 6.11, 4.50, 4.61, 5.17, 4.53, 5.33, 5.14},
        {4.81, 4.17, 4.41, 3.59, 5.87, 3.83, 6.03, 4.89, 4.32, 4.69},
        {6.31, 5.12, 5.54, 5.50, 5.37, 5.29, 4.92, 6.15, 5.80, 5.26}};
    return groups;
}

std::vector<SampleMoments> moments() {
    std::vector<SampleMoments> all;
    for (const std::vector<double>& group : plants()) {
        all.push_back(sample_moments(group));
    }
    return all;
}

// R 4.2.2: oneway.test, anova(lm), kruskal.test.
TEST(SeveralGroups, TestsAreThoseOfR) {
    const TestResult welch = welch_anova(moments());
    EXPECT_NEAR(*welch.statistic, 5.180972408113, 1e-10);
    EXPECT_NEAR(*welch.error_freedom, 17.12841861664, 1e-9);
    EXPECT_NEAR(welch.p, 0.0173928214902, 1e-11);
    const TestResult classic = one_way_anova(moments());
    EXPECT_NEAR(*classic.statistic, 4.84609, 5e-6);
    EXPECT_EQ(*classic.error_freedom, 27);
    const TestResult ranks = kruskal_wallis_test(plants());
    EXPECT_NEAR(*ranks.statistic, 7.988228749444, 1e-11);
    EXPECT_NEAR(ranks.p, 0.0184237557315, 1e-11);
}

TEST(SeveralGroups, EqualValuesAndTooFew) {
    const std::vector<std::vector<double>> equal{{1, 1}, {1, 1}, {1}};
    EXPECT_EQ(kruskal_wallis_test(equal).p, 1);
    const std::vector<std::vector<double>> empty{{1, 2}, {}};
    EXPECT_THROW(kruskal_wallis_test(empty), Error);
    const std::vector<SampleMoments> flat{{.n = 5, .mean = 1, .sd = 0},
                                          {.n = 5, .mean = 2, .sd = 1}};
    EXPECT_THROW(welch_anova(flat), Error);
    EXPECT_NO_THROW(one_way_anova(flat));
}

}  // namespace
}  // namespace paraspinal
