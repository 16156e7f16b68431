// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/paired_tests.h"

#include "core/error.h"
#include "risk/statistics/mann_whitney.h"
#include "risk/statistics/proportion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace paraspinal {
namespace {

// Pain before and after, with ties, patients without change and one who got worse.
const std::vector<double>& changes() {
    static const std::vector<double> values{-7, -7, -4, -7, -7, -7, -6, -6, -1, 1, -6, 0};
    return values;
}

// R 4.2.2: t.test(paired = TRUE).
TEST(PairedTests, TIsThatOfR) {
    const TestResult test = paired_t_test(changes());
    EXPECT_NEAR(*test.statistic, -5.45052561010715, 1e-12);
    EXPECT_NEAR(test.p, 0.000200677845609506, 1e-14);
    const IntervalEstimate change = mean_change(changes());
    EXPECT_NEAR(change.low, -6.66810483213742, 1e-12);
    EXPECT_NEAR(change.high, -2.83189516786258, 1e-12);
    const std::vector<double> same{-1, -1, -1};
    EXPECT_THROW(paired_t_test(same), Error);
}

// R 4.2.2: exactRankTests::wilcox.exact(paired = TRUE), ties and zeros; its sleep data.
TEST(PairedTests, SignedRankIsExactWithTiesInSmallSamples) {
    const TestResult test = wilcoxon_signed_rank_test(changes());
    EXPECT_EQ(*test.statistic, 1.5);
    EXPECT_NEAR(test.p, 0.0029296875, 1e-15);
    const std::vector<double> sleep{1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4};
    EXPECT_NEAR(wilcoxon_signed_rank_test(sleep).p, 0.00390625, 1e-15);
    const std::vector<double> none{0, 0};
    EXPECT_EQ(wilcoxon_signed_rank_test(none).p, 1);
    EXPECT_THROW(wilcoxon_signed_rank_test({}), Error);
}

// R 4.2.2: wilcox.test(x, exact = FALSE) of round(sin(1:80) * 5) + 0.5 * (1:80 %% 3).
TEST(PairedTests, SignedRankOfManyIsThatOfR) {
    std::vector<double> values;
    for (int i = 1; i <= 80; ++i) {
        values.push_back(std::round(std::sin(i) * 5) + 0.5 * (i % 3));
    }
    const TestResult test = wilcoxon_signed_rank_test(values);
    EXPECT_EQ(*test.statistic, 1787.5);
    EXPECT_NEAR(test.p, 0.146683528317475, 1e-12);
}

// R 4.2.2: binom.test(3, 12), binom.test(9, 12)$conf.int.
TEST(PairedTests, McNemarIsExact) {
    const DiscordantPairs pairs{.only_first = 3, .only_second = 9};
    EXPECT_NEAR(mcnemar_test(pairs).p, 0.14599609375, 1e-15);
    EXPECT_EQ(mcnemar_test({}).p, 1);
    const IntervalEstimate odds = matched_odds_ratio(pairs);
    EXPECT_NEAR(odds.value, 3, 1e-15);
    EXPECT_NEAR(odds.low, 0.428141538121811 / (1 - 0.428141538121811), 1e-10);
    EXPECT_NEAR(odds.high, 0.945139355472007 / (1 - 0.945139355472007), 1e-8);
    EXPECT_TRUE(std::isinf(matched_odds_ratio({.only_first = 0, .only_second = 2}).value));
    EXPECT_THROW(matched_odds_ratio({}), Error);
}

// R 4.2.2: prop.test(correct = FALSE)$conf.int.
TEST(Proportion, WilsonIsThatOfR) {
    const IntervalEstimate some = wilson_interval({.with = 7, .all = 9});
    EXPECT_NEAR(some.low, 0.452588969106989, 1e-14);
    EXPECT_NEAR(some.high, 0.936774892882153, 1e-14);
    EXPECT_NEAR(wilson_interval({.with = 0, .all = 5}).high, 0.434482464783175, 1e-14);
    EXPECT_NEAR(wilson_interval({.with = 5, .all = 5}).low, 0.565517535216825, 1e-14);
    EXPECT_THROW(wilson_interval({}), Error);
}

// R 4.2.2: exactRankTests::wilcox.exact. R's wilcox.test says 0.042, by the normal distribution.
TEST(MannWhitney, IsExactWithTiesInSmallSamples) {
    const std::vector<double> a{1, 2, 2, 2, 0};
    const std::vector<double> b{4, 4, 2, 4, 2};
    EXPECT_NEAR(mann_whitney_u_test(a, b).p, 0.0793650793650794, 1e-15);
    EXPECT_NEAR(mann_whitney_u_test(b, a).p, 0.0793650793650794, 1e-15);
}

}  // namespace
}  // namespace paraspinal
