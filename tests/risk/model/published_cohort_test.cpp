// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/published_cohort.h"

#include "core/error.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/load_risk_model.h"
#include "tests/risk/model/yang2025_patients.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>
#include <vector>

namespace paraspinal {
namespace {

std::vector<bool> everything(const RiskModel& model) {
    return std::vector<bool>(model.predictors.size(), true);
}

TEST(PublishedCohort, InterceptOfYangGivesThePublishedFractureRate) {
    const RiskModel model = load_risk_model("yang2025");
    EXPECT_NEAR(calibrate_intercept(model, 64.0 / 250), -6.572086070245, 1e-9);
    EXPECT_NEAR(model.intercept, calibrate_intercept(model, 64.0 / 250), 1e-11);
    EXPECT_NEAR(cohort_mean_risk(model, model.intercept), 0.256, 1e-12);
}

// Reference: scipy, see reference/published_cohort.py.
TEST(PublishedCohort, AucOfYangUnderIndependence) {
    EXPECT_NEAR(cohort_auc(load_risk_model("yang2025")), 0.9238569242800907, 1e-12);
}

// Reference: scipy, see reference/published_cohort.py.
TEST(PublishedCohort, OtherReadingsOfAgeMoveTheInterceptButHardlyTheAuc) {
    RiskModel model = load_risk_model("yang2025");
    const std::vector<CoefficientReading> readings = model.predictors[0].other_readings;
    model.predictors[0].coefficient = readings[1].coefficient;
    EXPECT_NEAR(calibrate_intercept(model, 0.256), -6.950319654827, 1e-9);
    EXPECT_NEAR(cohort_auc(model), 0.923392113807, 1e-9);
    model.predictors[0].coefficient = readings[2].coefficient;
    EXPECT_NEAR(calibrate_intercept(model, 0.256), -0.419921344052, 1e-9);
    EXPECT_NEAR(cohort_auc(model), 0.930613319554, 1e-9);
}

TEST(PublishedCohort, WeightsAndMomentsOfThePointsAreThoseOfTheSum) {
    const RiskModel model = load_risk_model("yang2025");
    const CohortSum sum = cohort_sum(model, everything(model));
    const CohortPoints points = cohort_points(sum);
    double weight = 0;
    double mean = 0;
    double square = 0;
    for (std::size_t i = 0; i < points.value.size(); ++i) {
        weight += points.events_weight[i];
        mean += points.events_weight[i] * points.value[i];
        square += points.events_weight[i] * points.value[i] * points.value[i];
    }
    double expected_mean = 0;
    double expected_variance = 0;
    for (const Predictor& one : model.predictors) {
        expected_mean += one.coefficient * one.events.mean;
        expected_variance += std::pow(one.coefficient * one.events.sd, 2);
    }
    EXPECT_NEAR(weight, 1, 1e-12);
    EXPECT_NEAR(mean, expected_mean, 1e-10);
    EXPECT_NEAR(square - mean * mean, expected_variance, 1e-9);
}

// The same integral by a lattice a hundred times finer, over single predictors whose spread ranges
// from 0.004 to 3 logits and over all of them.
TEST(PublishedCohort, PointsIntegrateTheLogisticFunctionExactly) {
    const RiskModel model = load_risk_model("yang2025");
    for (std::size_t chosen = 0; chosen <= model.predictors.size(); ++chosen) {
        std::vector<bool> takes_part(model.predictors.size(), chosen == model.predictors.size());
        if (chosen < takes_part.size()) {
            takes_part[chosen] = true;
        }
        const CohortSum sum = cohort_sum(model, takes_part);
        double fine = 0;
        for (std::size_t i = 0; i < sum.events.mean.size(); ++i) {
            constexpr int kSteps = 20'000;
            double inner = 0;
            double total = 0;
            for (int k = -kSteps; k <= kSteps; ++k) {
                const double z = 9.0 * k / kSteps;
                const double weight = std::exp(-0.5 * z * z);
                inner += weight * logistic(-5 + sum.events.mean[i] + sum.events.sd * z);
                total += weight;
            }
            fine += sum.events.probability[i] * inner / total;
        }
        const CohortPoints points = cohort_points(sum);
        double risk = 0;
        for (std::size_t i = 0; i < points.value.size(); ++i) {
            risk += points.events_weight[i] * logistic(-5 + points.value[i]);
        }
        EXPECT_NEAR(risk, fine, 1e-11) << "predictor " << chosen;
    }
}

TEST(PublishedCohort, SimulatedPatientsHaveTheAucAndTheMeanRisk) {
    const RiskModel model = load_risk_model("yang2025");
    RiskEstimator estimator(testing::without_limits(model));
    std::mt19937_64 random(20250122);
    constexpr int kPatients = 20'000;
    double sum = 0;
    for (int i = 0; i < kPatients; ++i) {
        const RiskInputs inputs = testing::random_patient(model, random);
        std::vector<std::optional<RiskInput>> values;
        for (const Predictor& one : model.predictors) {
            values.emplace_back(inputs.at(one.key));
        }
        sum += estimator.estimate(values).probability;
    }
    // The SD of one risk is 0.35: four standard errors.
    EXPECT_NEAR(sum / kPatients, 0.256, 4 * 0.35 / std::sqrt(kPatients));
}

TEST(PublishedCohort, CalibrationReachesAnyMeanRiskAndRefusesOthers) {
    const RiskModel model = load_risk_model("yang2025");
    for (const double target : {1e-6, 0.01, 0.5, 0.99, 1 - 1e-6}) {
        EXPECT_NEAR(cohort_mean_risk(model, calibrate_intercept(model, target)), target, 1e-12);
    }
    for (const double target : {0.0, 1.0, -0.1, std::nan("")}) {
        EXPECT_THROW(calibrate_intercept(model, target), Error);
    }
}

// scripts/derive_shrunk_model --simulate: 0.385 and 65 % of simulated patients.
TEST(PublishedCohort, PrintedCoefficientsAreTooExtremeInTheirOwnCohortAndShrunkOnesAreNot) {
    const CohortCalibration printed = cohort_calibration(load_risk_model("yang2025"));
    EXPECT_NEAR(printed.slope, 0.3828, 5e-5);
    EXPECT_NEAR(printed.share_extreme, 0.65, 0.005);
    const RiskModel shrunk = load_risk_model("yang2025_shrunk");
    const CohortCalibration fit = cohort_calibration(shrunk);
    EXPECT_NEAR(fit.slope, 1, 1e-5);
    EXPECT_NEAR(fit.intercept, 0, 1e-5);
    EXPECT_NEAR(cohort_mean_risk(shrunk, shrunk.intercept), event_rate(shrunk), 1e-6);
    EXPECT_NEAR(cohort_auc(shrunk), cohort_auc(load_risk_model("yang2025")), 1e-5);
}

}  // namespace
}  // namespace paraspinal
