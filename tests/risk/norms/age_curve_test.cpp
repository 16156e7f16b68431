// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Generated controls of known truth. The shares that it prints are those of docs/norms.md.
#include "risk/norms/age_curve.h"

#include "core/normal.h"
#include "core/text.h"
#include "risk/norms/fit_age_curve.h"
#include "tests/support/refusal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

// Healthy people: on `scale`, mean = a + b d + c d^2 and SD = exp(s + t d), d in decades from 50.
struct Truth {
    NormScale scale = NormScale::raw;
    double a = 0, b = 0, c = 0, s = 0, t = 0;

    [[nodiscard]] double z(double age, double value) const {
        const double d = (age - 50) / 10;
        return (on_scale(scale, value) - (a + b * d + c * d * d)) / std::exp(s + t * d);
    }
    [[nodiscard]] double value(double age, double z) const {
        const double d = (age - 50) / 10;
        return from_scale(scale, a + b * d + c * d * d + z * std::exp(s + t * d));
    }
};

// Muscle area shrinks and fat grows with age; both as large as in people.
const Truth kArea{.scale = NormScale::log, .a = std::log(40.0), .b = -0.06, .s = std::log(0.16)};
const Truth kBentArea{
    .scale = NormScale::raw, .a = 40, .b = -1.5, .c = -0.6, .s = std::log(5.0), .t = 0.12};
const Truth kFat{.scale = NormScale::logit, .a = -1.4, .b = 0.25, .s = std::log(0.4)};

double normal(std::mt19937_64& random) {
    return std::normal_distribution<>()(random);
}

std::vector<Control> controls_of(const Truth& truth, int count, std::mt19937_64& random) {
    std::uniform_real_distribution<> age(20, 80);
    std::vector<Control> controls;
    for (int i = 0; i < count; ++i) {
        const double years = age(random);
        controls.push_back({.age_years = years, .value = truth.value(years, normal(random))});
    }
    return controls;
}

TEST(AgeCurve, FindsScaleMeanAndDeviationOfManyControls) {
    std::mt19937_64 random(1);
    for (const Truth& truth : {kArea, kBentArea, kFat}) {
        const bool is_share = truth.scale == NormScale::logit;
        const AgeCurve curve = fit_age_curve(controls_of(truth, 4000, random), is_share);
        EXPECT_EQ(curve.scale, truth.scale);
        EXPECT_EQ(curve.mean.size(), truth.c == 0 ? 2U : 3U);
        EXPECT_EQ(curve.log_sd.size(), truth.t == 0 ? 1U : 2U);
        EXPECT_LT(std::abs(curve.skewness), 0.12);
        for (const double age : {25.0, 50.0, 75.0}) {
            for (const double share : {0.05, 0.5, 0.95}) {
                const double value = value_at(curve, age, share);
                EXPECT_NEAR(truth.z(age, value), normal_quantile(share), 0.15);
            }
        }
    }
}

TEST(AgeCurve, ReadsItsOwnPercentilesBack) {
    std::mt19937_64 random(2);
    for (const Truth& truth : {kArea, kBentArea, kFat}) {
        const AgeCurve curve =
            fit_age_curve(controls_of(truth, 60, random), truth.scale == NormScale::logit);
        for (const double share : {0.02, 0.5, 0.9}) {
            const auto at = position_on(curve, 60, value_at(curve, 60, share), 0.5);
            ASSERT_TRUE(at);
            EXPECT_NEAR(at->percentile, 100 * share, 1e-9);
            EXPECT_NEAR(at->expected, value_at(curve, 60, 0.5), 1e-9);
            EXPECT_LT(at->percentile_low, at->percentile);
            EXPECT_GT(at->percentile_high, at->percentile);
        }
    }
}

TEST(AgeCurve, DoesNotDependOnTheUnitOfAnArea) {
    std::mt19937_64 random(3);
    std::vector<Control> controls = controls_of(kArea, 80, random);
    const AgeCurve in_cm2 = fit_age_curve(controls, false);
    for (Control& control : controls) {
        control.value *= 100;
    }
    const AgeCurve in_mm2 = fit_age_curve(controls, false);
    ASSERT_EQ(in_cm2.scale, in_mm2.scale);
    // The density of a value in mm2 is a hundredth of that in cm2: so the Jacobian has it.
    EXPECT_NEAR(in_cm2.log_likelihood - in_mm2.log_likelihood, 80 * std::log(100.0), 1e-6);
    EXPECT_NEAR(position_on(in_cm2, 40, 35, 1)->z, position_on(in_mm2, 40, 3500, 100)->z, 1e-8);
}

TEST(AgeCurve, RefusesWhatItDoesNotKnow) {
    std::mt19937_64 random(4);
    std::vector<Control> controls = controls_of(kFat, 40, random);
    const AgeCurve curve = fit_age_curve(controls, true);
    EXPECT_EQ(testing::refusal([&] { position_on(curve, curve.age_high_years + 0.1, 20, 1); }),
              ErrorCode::invalid_value);
    EXPECT_EQ(testing::refusal([&] { value_at(curve, curve.age_low_years - 0.1, 0.5); }),
              ErrorCode::invalid_value);
    if (curve.scale != NormScale::raw) {
        EXPECT_FALSE(position_on(curve, 50, 0, 1));
    }
    const auto near_nothing = position_on(curve, 50, 0.5, 1);
    EXPECT_FALSE(near_nothing->z_low);  // Measured again it may be 0, which has no logit.
    EXPECT_EQ(near_nothing->percentile_low, 0);
    controls.pop_back();
    EXPECT_EQ(testing::refusal([&] { fit_age_curve(controls, true); }), ErrorCode::invalid_value);
    EXPECT_NE(no_curve_text(controls).find("39 controls are too few"), std::string::npos);
    const std::vector<Control> same_age(50, {.age_years = 60, .value = 30});
    EXPECT_NE(no_curve_text(same_age).find("1 different ages"), std::string::npos);
}

struct Shares {
    double mean_z = 0;
    double sd_z = 0;
    double held = 0;
};

// New healthy people beside curves of `count` controls, measured with an error of `error` (of the
// value, or in its unit) that the controls' scatter holds too.
Shares simulated(const char* name, const Truth& truth, int count, double error, bool is_relative) {
    constexpr int kRuns = 1000;
    std::mt19937_64 random(20261201);
    std::uniform_real_distribution<> ages(30, 70);
    double sum = 0;
    double squares = 0;
    int held = 0;
    for (int run = 0; run < kRuns; ++run) {
        const AgeCurve curve =
            fit_age_curve(controls_of(truth, count, random), truth.scale == NormScale::logit);
        const double age = ages(random);
        const double stranger = truth.value(age, normal(random));
        const double z = position_on(curve, age, stranger, 0)->z;
        sum += z;
        squares += z * z;
        const double value = truth.value(age, normal(random));
        const double sd = error * (is_relative ? value : 1);
        const auto at = position_on(curve, age, value + sd * normal(random), sd);
        const double percentile = 100 * normal_cdf(truth.z(age, value));
        held += at->percentile_low <= percentile && percentile <= at->percentile_high ? 1 : 0;
    }
    const double mean = sum / kRuns;
    const Shares shares{.mean_z = mean,
                        .sd_z = std::sqrt(squares / kRuns - mean * mean),
                        .held = 100.0 * held / kRuns};
    std::cout << name << ", " << count << " controls: z of new people " << fixed_text(mean, 2)
              << " +- " << fixed_text(shares.sd_z, 2) << ", 90 % intervals of percentiles hold "
              << fixed_text(shares.held, 1) << " %\n";
    return shares;
}

// 1000 runs tell a mean of 0 to 0.1, an SD of 1 to 0.07 and 90 % to 3 points in 99.9 of 100.
TEST(AgeCurve, PlacesNewPeopleAsTheTruthDoes) {
    const auto check = [](const Shares& shares) {
        EXPECT_NEAR(shares.mean_z, 0, 0.1);
        EXPECT_NEAR(shares.sd_z, 1, 0.1);
        EXPECT_NEAR(shares.held, 90, 3);
    };
    check(simulated("area, log", kArea, 60, 0.0208, true));
    check(simulated("area, log", kArea, 150, 0.0208, true));
    check(simulated("area, bent, changing scatter", kBentArea, 150, 0.0208, true));
    check(simulated("fat, logit", kFat, 60, 0.93, false));
    check(simulated("fat, logit", kFat, 150, 0.93, false));
}

}  // namespace
}  // namespace paraspinal
