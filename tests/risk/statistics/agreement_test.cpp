// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/agreement.h"

#include "core/error.h"
#include "risk/statistics/difference_shape.h"
#include "tests/risk/reference.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::column;

constexpr double kSame = 1e-6;  // The reference values have 15 digits.

void expect_interval(const IntervalEstimate& actual, const std::string& name, std::size_t row) {
    EXPECT_NEAR(actual.value, column("agreement.csv", name).at(row), kSame) << name;
    EXPECT_NEAR(actual.low, column("agreement.csv", name + "_low").at(row), kSame) << name;
    EXPECT_NEAR(actual.high, column("agreement.csv", name + "_high").at(row), kSame) << name;
}

// Every number of a row of agreement.csv, which psych, epiR and base R computed.
void expect_row(const std::vector<double>& first,
                const std::vector<double>& second,
                std::size_t row) {
    const Agreement actual = measure_agreement({.first = first, .second = second});
    EXPECT_EQ(actual.pairs, 17);
    EXPECT_EQ(actual.reason, "");
    expect_interval(actual.icc_agreement.value(), "icc21", row);
    expect_interval(actual.icc_consistency.value(), "icc31", row);
    expect_interval(actual.ccc.value(), "ccc", row);
    expect_interval(actual.bias.value(), "bias", row);
    expect_interval(actual.lower_limit.value(), "lower", row);
    expect_interval(actual.upper_limit.value(), "upper", row);
    EXPECT_NEAR(actual.sd_difference.value(), column("agreement.csv", "sd").at(row), kSame);
    EXPECT_NEAR(actual.sem.value(), column("agreement.csv", "sem").at(row), kSame);
    EXPECT_NEAR(actual.mdc95.value(), column("agreement.csv", "mdc95").at(row), kSame);
}

// Six targets, four judges: table 2 of Shrout and Fleiss 1979, doi:10.1037/0033-2909.86.2.420.
const RatingTable kShroutFleiss{
    {9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};

TEST(Agreement, IsThePublishedExampleOfShroutAndFleiss) {
    const IntraclassCorrelation icc = intraclass_correlation(kShroutFleiss);
    // Their table 3, printed with two decimals.
    EXPECT_NEAR(icc.mean_squares.targets, 11.24, 0.005);
    EXPECT_NEAR(icc.mean_squares.raters, 32.49, 0.005);
    EXPECT_NEAR(icc.mean_squares.error, 1.02, 0.005);
    // Their table 4: ICC(2,1) = .29, ICC(3,1) = .71.
    EXPECT_NEAR(icc.agreement.value, 0.29, 0.005);
    EXPECT_NEAR(icc.consistency.value, 0.71, 0.005);

    const auto psych = [](const char* name) { return column("agreement_shrout.csv", name).at(0); };
    EXPECT_NEAR(icc.agreement.value, psych("icc21"), kSame);
    EXPECT_NEAR(icc.agreement.low, psych("icc21_low"), kSame);
    EXPECT_NEAR(icc.agreement.high, psych("icc21_high"), kSame);
    EXPECT_NEAR(icc.consistency.value, psych("icc31"), kSame);
    EXPECT_NEAR(icc.consistency.low, psych("icc31_low"), kSame);
    EXPECT_NEAR(icc.consistency.high, psych("icc31_high"), kSame);
}

TEST(Agreement, IsThePublishedExampleOfBlandAndAltman) {
    const std::vector<double> wright = column("pefr.csv", "wright_first");
    const std::vector<double> mini = column("pefr.csv", "mini_first");
    const Agreement peak_flow = measure_agreement({.first = wright, .second = mini});
    // Lancet 1986;327:307-310: mean difference -2.1 l/min with interval -22.0 to 17.8, SD 38.8.
    EXPECT_NEAR(peak_flow.bias.value().value, -2.1, 0.05);
    EXPECT_NEAR(peak_flow.bias.value().low, -22.0, 0.1);
    EXPECT_NEAR(peak_flow.bias.value().high, 17.8, 0.05);
    EXPECT_NEAR(peak_flow.sd_difference.value(), 38.8, 0.05);
    // They round 1.96 to 2: limits -79.7 and 75.5.
    EXPECT_NEAR(peak_flow.bias.value().value - 2 * peak_flow.sd_difference.value(), -79.7, 0.1);
    EXPECT_NEAR(peak_flow.bias.value().value + 2 * peak_flow.sd_difference.value(), 75.5, 0.1);
}

TEST(Agreement, IsThatOfR) {
    const std::vector<double> wright = column("pefr.csv", "wright_first");
    std::vector<double> mini = column("pefr.csv", "mini_first");
    expect_row(wright, mini, 0);
    expect_row(wright, column("pefr.csv", "wright_second"), 1);
    std::vector<double> shifted = mini;
    std::ranges::for_each(shifted, [](double& value) { value += 120; });
    expect_row(wright, shifted, 2);
    std::ranges::reverse(mini);
    expect_row(wright, mini, 3);
}

TEST(Agreement, OfTheSameNumbersIsPerfect) {
    const std::vector<double> same{1.1, 2.7, 3.3, 4.9};
    const Agreement perfect = measure_agreement({.first = same, .second = same});
    for (const auto& one : {perfect.icc_agreement, perfect.icc_consistency, perfect.ccc}) {
        EXPECT_NEAR(one.value().low, 1, 1e-12);
        EXPECT_NEAR(one.value().value, 1, 1e-12);
        EXPECT_NEAR(one.value().high, 1, 1e-12);
    }
    EXPECT_EQ(perfect.bias.value().value, 0);
    EXPECT_EQ(perfect.upper_limit.value().high, 0);
    EXPECT_EQ(perfect.mdc95.value(), 0);
}

TEST(Agreement, AConstantShiftLowersAgreementAndNotConsistency) {
    const Agreement shifted = measure_agreement(
        {.first = std::vector<double>{1, 2, 3, 4}, .second = std::vector<double>{3, 4, 5, 6}});
    EXPECT_NEAR(shifted.icc_consistency.value().value, 1, 1e-12);
    EXPECT_LT(shifted.icc_agreement.value().value, 0.5);
    EXPECT_LE(shifted.icc_agreement.value().low, shifted.icc_agreement.value().value);
    EXPECT_EQ(shifted.bias.value().value, -2);
    EXPECT_EQ(shifted.sem.value(), 0);
}

TEST(Agreement, OppositeMeasurementsAreNegativeAndFinite) {
    const Agreement opposite = measure_agreement(
        {.first = std::vector<double>{1, 2, 3, 5}, .second = std::vector<double>{5, 3, 2, 1}});
    for (const auto& one : {opposite.icc_agreement, opposite.icc_consistency, opposite.ccc}) {
        EXPECT_LT(one.value().value, 0);
        EXPECT_TRUE(std::isfinite(one.value().low));
        EXPECT_TRUE(std::isfinite(one.value().high));
        EXPECT_LE(one.value().low, one.value().high);
    }
}

TEST(Agreement, NamesWhatIsMissing) {
    constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    const Agreement few = measure_agreement({.first = std::vector<double>{1, kNan, 3, 4, 1e200},
                                             .second = std::vector<double>{1, 2, kInfinity, 4, 5}});
    EXPECT_EQ(few.reason, "too_few_pairs");
    EXPECT_EQ(few.pairs, 2);
    EXPECT_EQ(few.missing, 3);
    EXPECT_FALSE(few.bias || few.icc_agreement || few.ccc || few.sem);
    EXPECT_EQ(measure_agreement({}).reason, "too_few_pairs");

    const Agreement constant = measure_agreement(
        {.first = std::vector<double>{5.1, 5.1, 5.1}, .second = std::vector<double>{5, 6, 7}});
    EXPECT_EQ(constant.reason, "constant_column");
    EXPECT_FALSE(constant.icc_agreement || constant.icc_consistency || constant.ccc);
    EXPECT_NEAR(constant.bias.value().value, -0.9, 1e-12);
}

TEST(Agreement, RefusesRatingsThatAllowNoCorrelation) {
    for (const RatingTable& ratings : {RatingTable{{1, 2}, {3, 4}},
                                       RatingTable{{1}, {2}, {3}},
                                       RatingTable{{1, 2}, {2, 3}, {3}},
                                       RatingTable{{5, 5}, {5, 5}, {5, 5}},
                                       RatingTable{{1, 2}, {1, 2}, {1, 2}},
                                       RatingTable{{1, 2}, {2, NAN}, {3, 4}}}) {
        try {
            static_cast<void>(intraclass_correlation(ratings));
            FAIL() << "not refused";
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::invalid_value);
        }
    }
}

// R 4.2.2: lm(d ~ m), confint, and the mean and SD of 100 d / m and log(a / b).
TEST(DifferenceShape, SlopeAndRelativeLimitsAreThoseOfR) {
    const std::vector<double> first{10.2, 12.1, 15.3, 18.9, 22.4, 25.0, 31.7};
    const std::vector<double> second{10.0, 12.4, 14.8, 18.0, 21.3, 23.6, 29.5};
    const DifferenceShape shape = difference_shape({.first = first, .second = second});
    EXPECT_NEAR(shape.slope.value().value, 0.109794081624228, 1e-12);
    EXPECT_NEAR(shape.slope->low, 0.0739376007918343, 1e-12);
    EXPECT_NEAR(shape.slope->high, 0.1456505624566208, 1e-12);
    EXPECT_NEAR(shape.slope_p.value(), 0.000531831233032844, 1e-14);
    EXPECT_NEAR(shape.percent.value().value, 3.67381580622079, 1e-12);
    EXPECT_NEAR(shape.percent->low, -2.5498910063728, 1e-12);
    EXPECT_NEAR(shape.ratio.value().low, 0.974815732513077, 1e-13);
    EXPECT_NEAR(shape.ratio->high, 1.104069674566922, 1e-13);
    const std::vector<double> none{0, 1, 2};
    EXPECT_FALSE(difference_shape({.first = none, .second = none}).ratio.has_value());
    const std::vector<double> few{1, 2};
    EXPECT_FALSE(difference_shape({.first = few, .second = few}).slope.has_value());
}

}  // namespace
}  // namespace paraspinal
