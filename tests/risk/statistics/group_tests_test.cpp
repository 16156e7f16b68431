// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/group_tests.h"

#include "core/error.h"
#include "risk/statistics/count_tests.h"
#include "risk/statistics/mann_whitney.h"
#include "tests/risk/reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::chosen;
using testing::column;
using testing::flags;
using testing::reference;

constexpr double kSame = 1e-9;

struct TwoGroups {
    std::vector<double> with_fracture;
    std::vector<double> without;
};

TwoGroups groups(const std::string& name) {
    const auto event = flags("cohort250.csv", "new_fracture");
    const auto values = column("cohort250.csv", name);
    return {.with_fracture = chosen(values, event, 1), .without = chosen(values, event, 0)};
}

// Distinct values of the first `count`, without those in `except`, in order.
std::vector<double> distinct(std::vector<double> values,
                             std::size_t count,
                             const std::vector<double>& except = {}) {
    values.resize(count);
    std::vector<double> taken;
    for (const double value : values) {
        if (std::ranges::find(taken, value) == taken.end() &&
            std::ranges::find(except, value) == except.end()) {
            taken.push_back(value);
        }
    }
    return taken;
}

CountTable diabetes_by_fracture() {
    const auto event = flags("cohort250.csv", "new_fracture");
    const auto diabetes = flags("cohort250.csv", "diabetes");
    CountTable table(2, std::vector<std::int64_t>(2, 0));
    for (std::size_t i = 0; i < event.size(); ++i) {
        ++table[1U - event[i]][1U - diabetes[i]];
    }
    return table;
}

TEST(GroupTests, TTestsAreThoseOfR) {
    const TwoGroups csa = groups("csa_cm2");
    const SampleMoments a = sample_moments(csa.with_fracture);
    const SampleMoments b = sample_moments(csa.without);
    for (const bool equal : {true, false}) {
        const std::string name = equal ? "student" : "welch";
        const TestResult test = equal ? student_t_test(a, b) : welch_t_test(a, b);
        EXPECT_NEAR(test.statistic.value(), reference(name + "_t"), kSame);
        EXPECT_NEAR(test.degrees_of_freedom.value(), reference(name + "_df"), kSame);
        EXPECT_NEAR(test.p, reference(name + "_p"), kSame * reference(name + "_p") + 1e-15);
        EXPECT_NEAR(mean_difference(a, b, equal).low, reference(name + "_low"), kSame);
        EXPECT_NEAR(mean_difference(a, b, equal).high, reference(name + "_high"), kSame);
    }
    EXPECT_NEAR(hedges_g(a, b).value, reference("hedges_g"), kSame);
    EXPECT_NEAR(hedges_g(a, b).low, reference("hedges_g_low"), kSame);
}

TEST(GroupTests, MannWhitneyIsThatOfR) {
    const TwoGroups hdl = groups("hdl_c_mmol_l");
    const TestResult ties = mann_whitney_u_test(hdl.with_fracture, hdl.without);
    EXPECT_EQ(ties.statistic.value(), reference("wilcoxon_ties_w"));
    EXPECT_NEAR(ties.p, reference("wilcoxon_ties_p"), kSame);

    const TwoGroups csa = groups("csa_cm2");
    const std::vector<double> a = distinct(csa.with_fracture, 20);
    const std::vector<double> b = distinct(csa.without, 25, a);
    const TestResult exact = mann_whitney_u_test(a, b);
    EXPECT_EQ(exact.statistic.value(), reference("wilcoxon_exact_w"));
    EXPECT_NEAR(exact.p, reference("wilcoxon_exact_p"), kSame);
}

TEST(GroupTests, MannWhitneyByHand) {
    // All 3 of 3 below all of 3: 2 of 20 arrangements are so extreme.
    const std::vector<double> low{1, 2, 3};
    const std::vector<double> high{4, 5, 6};
    EXPECT_DOUBLE_EQ(mann_whitney_u_test(low, high).p, 0.1);
    EXPECT_EQ(mann_whitney_u_test(low, high).statistic.value(), 0);
    EXPECT_EQ(mann_whitney_u_test(high, low).statistic.value(), 9);
    const std::vector<double> same(5, 2.0);
    EXPECT_EQ(mann_whitney_u_test(same, same).p, 1);
}

TEST(GroupTests, AdjustedPValuesAreThoseOfR) {
    const std::vector<double> p{0.01, 0.04, 0.03, 0.005, 0.5, 0.04};
    const std::vector<double> holm = holm_adjusted(p);
    const std::vector<double> bh = benjamini_hochberg_adjusted(p);
    for (std::size_t i = 0; i < p.size(); ++i) {
        EXPECT_NEAR(holm[i], reference("holm_" + std::to_string(i + 1)), kSame);
        EXPECT_NEAR(bh[i], reference("bh_" + std::to_string(i + 1)), kSame);
    }
}

TEST(GroupTests, RefuseWhatCannotBeTested) {
    EXPECT_THROW(student_t_test({.n = 1, .mean = 2, .sd = 0}, {.n = 5, .mean = 2, .sd = 1}), Error);
    EXPECT_THROW(welch_t_test({.n = 5, .mean = 2, .sd = 0}, {.n = 5, .mean = 3, .sd = 0}), Error);
    EXPECT_THROW(mann_whitney_u_test({}, std::vector<double>{1}), Error);
    EXPECT_THROW(pearson_chi_square_test({{1, 2}}), Error);
    EXPECT_THROW(pearson_chi_square_test({{1, 0}, {2, 0}}), Error);
    EXPECT_THROW(fisher_exact_test({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}), Error);
    EXPECT_FALSE(fisher_is_feasible({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}));
}

TEST(CountTests, TwoByTwoIsThatOfR) {
    const CountTable table = diabetes_by_fracture();
    EXPECT_NEAR(pearson_chi_square_test(table).statistic.value(), reference("pearson_x2"), kSame);
    EXPECT_NEAR(pearson_chi_square_test(table).p, reference("pearson_p"), kSame);
    const TestResult yates = pearson_chi_square_test(table, true);
    EXPECT_NEAR(yates.statistic.value(), reference("yates_x2"), kSame);
    EXPECT_NEAR(yates.p, reference("yates_p"), kSame);
    EXPECT_NEAR(fisher_exact_test(table).p, reference("fisher_p"), kSame);
    EXPECT_NEAR(smallest_expected_count(table), reference("smallest_expected"), kSame);
    EXPECT_NEAR(odds_ratio(table).value, reference("odds_ratio"), kSame);
    EXPECT_NEAR(odds_ratio(table).high, reference("odds_ratio_high"), 1e-8);
}

// Counts of Reyhani et al. 2025, Tables 2 and 3.
TEST(CountTests, KyphoplastyTablesAreThoseOfR) {
    const CountTable levels{{17, 12, 2, 0, 0}, {151, 51, 13, 3, 2}};
    const TestResult pearson = pearson_chi_square_test(levels);
    EXPECT_NEAR(pearson.statistic.value(), reference("levels_x2"), kSame);
    EXPECT_EQ(pearson.degrees_of_freedom.value(), 4);
    EXPECT_NEAR(pearson.p, reference("levels_p"), kSame);
    EXPECT_NEAR(fisher_exact_test(levels).p, reference("levels_fisher_p"), 1e-7);
    EXPECT_NEAR(cramers_v(levels), reference("levels_cramers_v"), kSame);
    EXPECT_NEAR(fisher_exact_test({{0, 31}, {9, 211}}).p, reference("remote_fisher_p"), kSame);
    EXPECT_NEAR(fisher_exact_test({{7, 2}, {0, 2}}).p, reference("spike_fisher_p"), kSame);
}

TEST(CountTests, OrderOfRowsAndColumnsDoesNotMatter) {
    const CountTable table{{3, 9}, {7, 2}};
    const CountTable turned{{3, 7}, {9, 2}};
    const CountTable swapped{{2, 7}, {9, 3}};
    for (const CountTable& other : {turned, swapped}) {
        EXPECT_NEAR(fisher_exact_test(table).p, fisher_exact_test(other).p, 1e-14);
        EXPECT_NEAR(pearson_chi_square_test(table).p, pearson_chi_square_test(other).p, 1e-14);
    }
}

TEST(CountTests, OddsRatioOfATableWithAZeroIsFinite) {
    const IntervalEstimate ratio = odds_ratio({{7, 2}, {0, 2}});
    EXPECT_DOUBLE_EQ(ratio.value, 7.5 * 2.5 / (2.5 * 0.5));
    EXPECT_LT(ratio.low, 1);
}

}  // namespace
}  // namespace paraspinal
