// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/make_risk_model.h"

#include "core/error.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/load_risk_model.h"
#include "risk/model/published_cohort.h"
#include "risk/model/validate_model.h"
#include "risk/model/write_risk_model.h"
#include "tests/risk/model/yang2025_patients.h"
#include "tests/risk/reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace paraspinal {
namespace {

// Patients drawn from the moments of the card, whose outcomes follow its probabilities.
RegressionData simulated(const RiskModel& model, int patients, std::mt19937_64& random) {
    RegressionData data;
    for (const Predictor& predictor : model.predictors) {
        data.names.push_back(predictor.key);
    }
    for (int i = 0; i < patients; ++i) {
        const RiskInputs inputs = testing::random_patient(model, random);
        double sum = model.intercept;
        for (const Predictor& predictor : model.predictors) {
            const double value = inputs.at(predictor.key).value;
            data.x.push_back(value);
            sum += predictor.coefficient * value;
        }
        data.event.push_back(std::bernoulli_distribution(logistic(sum))(random) ? 1 : 0);
    }
    return data;
}

TEST(MakeRiskModel, CardIsReadBackUnchanged) {
    const RiskModel model = load_risk_model("yang2025");
    EXPECT_EQ(parse_risk_model(risk_model_json(model)), model);
}

// 250 patients and 16 predictors, 200 times: Firth's estimates must lie around the truth, and 95 %
// of their Wald intervals hold it.
TEST(MakeRiskModel, SimulatedCohortsGiveBackThePublishedCoefficients) {
    const RiskModel model = load_risk_model("yang2025");
    std::mt19937_64 random(20250122);
    constexpr int kRepeats = 200;
    int covered = 0;
    int fitted = 0;
    std::vector<double> sum(model.predictors.size());
    std::vector<double> squares(model.predictors.size());
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
        const LogisticFit fit = fit_logistic(simulated(model, 250, random), {.firth = true});
        ASSERT_TRUE(fit.converged) << repeat;
        for (std::size_t i = 0; i < sum.size(); ++i) {
            const IntervalEstimate interval = wald_interval(fit, i + 1);
            const double truth = model.predictors[i].coefficient;
            covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
            ++fitted;
            sum[i] += interval.value;
            squares[i] += interval.value * interval.value;
        }
    }
    EXPECT_NEAR(static_cast<double>(covered) / fitted, 0.95, 0.03);
    for (std::size_t i = 0; i < sum.size(); ++i) {
        const double mean = sum[i] / kRepeats;
        const double sd = std::sqrt(squares[i] / kRepeats - mean * mean);
        // The mean of 200 repeats within four of its standard errors, and a tenth of an SD for the
        // bias that Firth's penalty leaves.
        EXPECT_NEAR(mean, model.predictors[i].coefficient, (4 / std::sqrt(kRepeats) + 0.1) * sd)
            << model.predictors[i].key;
    }
}

TEST(MakeRiskModel, FittedModelPredictsWhatTheRegressionDoes) {
    const RiskModel yang = testing::without_limits(load_risk_model("yang2025"));
    std::mt19937_64 random(5);
    const RegressionData data = simulated(yang, 400, random);
    const LogisticFit fit = fit_logistic(data, {.firth = true});
    const RiskModel model = fitted_model(
        data, fit, {.name = "clinic_a", .outcome = "new fracture", .origin = "simulated"});
    EXPECT_EQ(model.predictors.size(), 16U);
    EXPECT_EQ(model.events + model.non_events, 400);
    EXPECT_EQ(model.covariance, fit.covariance);
    EXPECT_EQ(model.predictors[1].kind, PredictorKind::binary);
    EXPECT_EQ(model.predictors[0].unit, "year");
    const std::vector<double> risks = predicted_risks(data, fit.coefficient);
    RiskEstimator estimator(testing::without_limits(model));
    for (std::size_t row = 0; row < 20; ++row) {
        std::vector<std::optional<RiskInput>> values;
        for (std::size_t i = 0; i < 16; ++i) {
            values.emplace_back(RiskInput{.value = data.x[row * 16 + i]});
        }
        EXPECT_NEAR(estimator.estimate(values).probability, risks[row], 1e-12);
    }
}

TEST(MakeRiskModel, RecalibrationMakesTheMeanRiskRightAndTheSlopeOne) {
    const RiskModel yang = load_risk_model("yang2025");
    RiskModel truth = yang;
    truth.intercept += 1.5;
    for (Predictor& predictor : truth.predictors) {
        predictor.coefficient *= 0.5;
    }
    truth.intercept = calibrate_intercept(truth, 0.4);
    std::mt19937_64 random(9);
    const RegressionData data = simulated(truth, 1000, random);
    for (const bool slope : {false, true}) {
        const RiskModel changed =
            recalibrated_model(yang, data, {.slope = slope, .name = "here", .left_out = 7});
        std::vector<double> coefficient{changed.intercept};
        for (const Predictor& predictor : changed.predictors) {
            coefficient.push_back(predictor.coefficient);
        }
        const std::vector<double> risks = predicted_risks(data, coefficient);
        const ModelValidation validation =
            validate_predictions({.score = risks, .event = data.event});
        EXPECT_NEAR(validation.calibration_in_the_large.value, 0, 1e-6);
        if (slope) {
            EXPECT_NEAR(validation.calibration_slope.value().value, 1, 1e-6);
        } else {
            EXPECT_EQ(changed.predictors[0].coefficient, yang.predictors[0].coefficient);
        }
        EXPECT_FALSE(changed.intercept_is_derived);
        EXPECT_EQ(changed.name, "here");
        EXPECT_TRUE(changed.caveats.back().starts_with("Complete cases only: 7 more patients"));
        for (std::size_t i = 1; i + 1 < changed.caveats.size(); ++i) {
            EXPECT_TRUE(changed.caveats[i].starts_with("Of "))
                << "of another slope: " << changed.caveats[i];
        }
    }
}

TEST(MakeRiskModel, RefusesFitsWithoutEstimatesAndImpossibleNames) {
    const RegressionData data{.names = {"x"}, .x = {1, 2, 3, 4, 5, 6}, .event = {0, 0, 0, 1, 1, 1}};
    const ModelCardText text{.name = "mine", .outcome = "event", .origin = "test"};
    EXPECT_THROW(fitted_model(data, fit_logistic(data), text), Error);
    const LogisticOptions firth{.firth = true};
    EXPECT_NO_THROW(fitted_model(data, fit_logistic(data, firth), text));
    EXPECT_THROW(fitted_model(data,
                              fit_logistic(data, firth),
                              {.name = "My Model", .outcome = "event", .origin = "test"}),
                 Error);
}

}  // namespace
}  // namespace paraspinal
