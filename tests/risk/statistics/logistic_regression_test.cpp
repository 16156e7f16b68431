// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/logistic_regression.h"

#include "core/error.h"
#include "risk/model/load_risk_model.h"
#include "tests/risk/reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::column;
using testing::flags;
using testing::reference;

RegressionData data_of(const std::string& file,
                       const std::string& outcome,
                       const std::vector<std::string>& names) {
    RegressionData data{.names = names, .event = flags(file, outcome)};
    std::vector<std::vector<double>> columns;
    for (const std::string& name : names) {
        columns.push_back(column(file, name));
    }
    for (std::size_t row = 0; row < data.event.size(); ++row) {
        for (const std::vector<double>& values : columns) {
            data.x.push_back(values[row]);
        }
    }
    return data;
}

RegressionData sixteen() {
    std::vector<std::string> names;
    const RiskModel model = load_risk_model("yang2025");
    for (const Predictor& predictor : model.predictors) {
        names.push_back(predictor.key);
    }
    return data_of("cohort250.csv", "new_fracture", names);
}

RegressionData endometrial() {
    return data_of("endometrial.csv", "HG", {"NV", "PI", "EH"});
}

std::string numbered(const char* name, std::size_t i) {
    return name + std::to_string(i);
}

TEST(LogisticRegression, MaximumLikelihoodIsThatOfR) {
    const LogisticFit fit = fit_logistic(sixteen());
    ASSERT_TRUE(fit.converged);
    EXPECT_FALSE(fit.separated);
    EXPECT_NEAR(fit.log_likelihood, reference("glm_loglik"), 1e-9);
    EXPECT_NEAR(fit.covariance[1 * 17 + 2], reference("glm_cov_1_2"), 1e-9);
    for (std::size_t i = 0; i < fit.coefficient.size(); ++i) {
        EXPECT_NEAR(fit.coefficient[i], reference(numbered("glm_b_", i)), 1e-7) << i;
        const IntervalEstimate wald = wald_interval(fit, i);
        EXPECT_NEAR((wald.high - wald.low) / (2 * 1.959963984540054),
                    reference(numbered("glm_se_", i)),
                    1e-6)
            << i;
    }
}

TEST(LogisticRegression, ProfileIntervalAndLikelihoodRatioAreThoseOfR) {
    const RegressionData data =
        data_of("cohort250.csv", "new_fracture", {"csa_cm2", "fdr_pct", "diabetes"});
    const LogisticFit fit = fit_logistic(data);
    const IntervalEstimate profile = profile_interval(data, fit, 3);
    EXPECT_NEAR(profile.low, reference("profile_low"), 1e-8);
    EXPECT_NEAR(profile.high, reference("profile_high"), 1e-8);
    EXPECT_NEAR(likelihood_ratio_p(data, fit, 3), reference("lr_p"), 1e-9);
}

TEST(LogisticRegression, FirthIsThatOfBrglm2) {
    const LogisticFit fit = fit_logistic(sixteen(), {.firth = true});
    ASSERT_TRUE(fit.converged);
    for (std::size_t i = 0; i < fit.coefficient.size(); ++i) {
        EXPECT_NEAR(fit.coefficient[i], reference(numbered("firth16_b_", i)), 1e-6) << i;
    }
}

// The worked example of Heinze and Schemper, Stat Med 2002;21:2409-2419, Table III prints
// NV 2.93 (0.61, 7.85), PI -0.03 (-0.12, 0.04), EH -2.60 (-4.37, -1.23).
TEST(LogisticRegression, FirthSolvesTheSeparatedExampleOfHeinzeAndSchemper) {
    const RegressionData data = endometrial();
    const LogisticOptions firth{.firth = true};
    const LogisticFit fit = fit_logistic(data, firth);
    ASSERT_TRUE(fit.converged);
    EXPECT_NEAR(fit.log_likelihood, reference("firth_loglik"), 1e-9);
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_NEAR(fit.coefficient[i], reference(numbered("firth_b_", i)), 1e-7) << i;
        const IntervalEstimate wald = wald_interval(fit, i);
        EXPECT_NEAR((wald.high - wald.low) / (2 * 1.959963984540054),
                    reference(numbered("firth_se_", i)),
                    1e-6);
        const IntervalEstimate profile = profile_interval(data, fit, i, firth);
        EXPECT_NEAR(profile.low, reference(numbered("firth_low_", i)), 1e-6) << i;
        EXPECT_NEAR(profile.high, reference(numbered("firth_high_", i)), 1e-6) << i;
    }
    EXPECT_NEAR(profile_interval(data, fit, 1, firth).high, 7.85, 0.005);
}

TEST(LogisticRegression, SeparationIsDetectedAndSaid) {
    const LogisticFit quasi = fit_logistic(endometrial());
    EXPECT_TRUE(quasi.separated);
    EXPECT_FALSE(quasi.converged);
    const RegressionData complete{
        .names = {"x"}, .x = {1, 2, 3, 4, 5, 6}, .event = {0, 0, 0, 1, 1, 1}};
    EXPECT_TRUE(fit_logistic(complete).separated);
    const RegressionData overlapping{
        .names = {"x"}, .x = {1, 2, 3, 4, 5, 6}, .event = {0, 0, 1, 0, 1, 1}};
    EXPECT_FALSE(fit_logistic(overlapping).separated);
    EXPECT_TRUE(fit_logistic(overlapping).converged);
}

TEST(LogisticRegression, ProfileOfASeparatedPredictorHasNoUpperBound) {
    const RegressionData data = endometrial();
    const LogisticFit fit = fit_logistic(data);
    EXPECT_TRUE(std::isinf(profile_interval(data, fit, 1).high));
}

TEST(LogisticRegression, UnitsOfAPredictorOnlyScaleItsCoefficient) {
    RegressionData data = sixteen();
    const LogisticFit before = fit_logistic(data, {.firth = true});
    for (std::size_t row = 0; row < data.event.size(); ++row) {
        data.x[row * 16] = data.x[row * 16] * 12 + 7;
    }
    const LogisticFit after = fit_logistic(data, {.firth = true});
    EXPECT_NEAR(after.coefficient[1], before.coefficient[1] / 12, 1e-9);
    EXPECT_NEAR(after.coefficient[5], before.coefficient[5], 1e-8);
}

TEST(LogisticRegression, RefusesWhatHasNoAnswer) {
    const auto complaint = [](const RegressionData& data) -> std::string {
        try {
            fit_logistic(data);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::invalid_value);
            return error.what();
        }
        return "accepted";
    };
    EXPECT_EQ(complaint({.names = {"x"}, .x = {2, 2, 2, 2}, .event = {0, 1, 0, 1}}),
              "predictor x has the same value in all patients");
    EXPECT_EQ(complaint({.names = {"x", "twice"},
                         .x = {1, 2, 2, 4, 3, 6, 5, 10, 4, 8},
                         .event = {0, 1, 0, 1, 0}}),
              "predictor x is a combination of others");
    EXPECT_EQ(complaint({.names = {"x"}, .x = {1, 2, 3}, .event = {1, 1, 1}}),
              "a regression needs patients with and without the event");
    EXPECT_EQ(complaint({.names = {"x"}, .x = {1, 2}, .event = {0, 1}}),
              "a regression needs more patients than coefficients; there are 2 complete ones");
}

}  // namespace
}  // namespace paraspinal
