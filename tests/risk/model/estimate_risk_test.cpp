// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/estimate_risk.h"

#include "core/error.h"
#include "risk/model/coefficient_covariance.h"
#include "risk/model/load_risk_model.h"
#include "tests/risk/model/yang2025_patients.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

namespace paraspinal {
namespace {

using testing::random_patient;
using testing::typical_patient;
using testing::without_limits;

class EstimateRisk : public ::testing::Test {
  protected:
    const RiskModel model_ = load_risk_model("yang2025");  // NOLINT(*-const-or-ref-data-members)
};

TEST_F(EstimateRisk, IsTheLogisticFunctionWhenAllIsKnown) {
    const RiskInputs inputs = typical_patient(model_);
    double expected = model_.intercept;
    for (const Predictor& one : model_.predictors) {
        expected += one.coefficient * inputs.at(one.key).value;
    }
    const RiskEstimate estimate = estimate_risk(model_, inputs);
    EXPECT_EQ(estimate.model, "yang2025");
    EXPECT_DOUBLE_EQ(estimate.probability, 1 / (1 + std::exp(-expected)));
    EXPECT_TRUE(estimate.imputed.empty());
    EXPECT_TRUE(estimate.out_of_range.empty());
    EXPECT_LT(estimate.low.value(), estimate.probability);
    EXPECT_GT(estimate.high.value(), estimate.probability);
}

TEST_F(EstimateRisk, GrowsAndFallsWithEachCoefficientsSign) {
    const double base = estimate_risk(model_, typical_patient(model_)).probability;
    for (const Predictor& one : model_.predictors) {
        RiskInputs inputs = typical_patient(model_);
        inputs[one.key].value += one.kind == PredictorKind::binary ? 1 : one.events.sd;
        const double risk = estimate_risk(model_, inputs).probability;
        EXPECT_EQ(risk > base, one.coefficient > 0) << one.key;
    }
}

TEST_F(EstimateRisk, NothingKnownGivesTheRateOfTheCohort) {
    const RiskEstimate estimate = estimate_risk(model_, {});
    EXPECT_NEAR(estimate.probability, 0.256, 1e-11);
    EXPECT_EQ(estimate.imputed.size(), 16U);
}

// The mean over patients must not depend on what is known of them (law of total expectation).
TEST_F(EstimateRisk, HidingPredictorsKeepsTheMeanRisk) {
    RiskEstimator estimator(without_limits(model_));
    std::mt19937_64 random(7);
    constexpr int kPatients = 20'000;
    double sum = 0;
    for (int i = 0; i < kPatients; ++i) {
        const RiskInputs inputs = random_patient(model_, random);
        std::vector<std::optional<RiskInput>> values;
        for (std::size_t k = 0; k < model_.predictors.size(); ++k) {
            const bool hidden = k % 2 == 0;
            values.push_back(hidden ? std::nullopt
                                    : std::optional(inputs.at(model_.predictors[k].key)));
        }
        sum += estimator.estimate(values).probability;
    }
    EXPECT_NEAR(sum / kPatients, 0.256, 4 * 0.35 / std::sqrt(kPatients));
}

// One missing continuous predictor against the mean over its conditional distribution, drawn.
TEST_F(EstimateRisk, MissingPredictorIsDrawnFromTheGroupsWeightedByLikeness) {
    RiskInputs inputs = typical_patient(model_);
    inputs["age_years"].value = 76;
    inputs.erase("csa_cm2");
    double with = 64;
    double without = 186;
    for (const Predictor& one : model_.predictors) {
        const auto known = inputs.find(one.key);
        if (known == inputs.end()) {
            continue;
        }
        const auto density = [&](const GroupMoments& group) {
            const double z = (known->second.value - group.mean) / group.sd;
            return one.kind == PredictorKind::binary ? 1 - group.mean
                                                     : std::exp(-z * z / 2) / group.sd;
        };
        with *= density(one.events);
        without *= density(one.non_events);
    }
    const Predictor& csa = model_.predictors[predictor_index(model_, "csa_cm2").value()];
    double expected = 0;
    for (const auto& [group, share] : {std::pair(csa.events, with / (with + without)),
                                       std::pair(csa.non_events, without / (with + without))}) {
        double sum = 0;
        double total = 0;
        for (double z = -8; z <= 8; z += 0.005) {
            inputs["csa_cm2"].value = group.mean + z * group.sd;
            double logit = model_.intercept;
            for (const Predictor& one : model_.predictors) {
                logit += one.coefficient * inputs.at(one.key).value;
            }
            sum += std::exp(-z * z / 2) / (1 + std::exp(-logit));
            total += std::exp(-z * z / 2);
        }
        expected += share * sum / total;
    }
    inputs.erase("csa_cm2");
    const RiskEstimate estimate = estimate_risk(model_, inputs);
    EXPECT_NEAR(estimate.probability, expected, 1e-10);
    EXPECT_EQ(estimate.imputed, std::vector<std::string>{"csa_cm2"});
}

TEST_F(EstimateRisk, EachMissingPredictorWidensTheInterval) {
    const auto width = [](const RiskEstimate& estimate) {
        return logit(estimate.high.value()) - logit(estimate.low.value());
    };
    const double complete = width(estimate_risk(model_, typical_patient(model_)));
    for (const Predictor& one : model_.predictors) {
        RiskInputs inputs = typical_patient(model_);
        inputs.erase(one.key);
        EXPECT_GT(width(estimate_risk(model_, inputs)), complete) << one.key;
    }
}

// Without coefficient errors the interval must hold 95 % of the risks that complete data give.
TEST_F(EstimateRisk, IntervalCoversTheRiskThatCompleteDataWouldGive) {
    RiskModel certain = without_limits(model_);
    certain.covariance.assign(17UL * 17UL, 0);
    RiskEstimator estimator(certain);
    std::mt19937_64 random(11);
    constexpr int kPatients = 20'000;
    int covered = 0;
    for (int i = 0; i < kPatients; ++i) {
        const RiskInputs inputs = random_patient(model_, random);
        std::vector<std::optional<RiskInput>> values;
        for (const Predictor& one : model_.predictors) {
            values.emplace_back(inputs.at(one.key));
        }
        const double truth = estimator.estimate(values).probability;
        for (const char* key : {"age_years", "vitamin_d_nmol_l", "regular_exercise", "vb_cm2"}) {
            values[predictor_index(certain, key).value()].reset();
        }
        const RiskEstimate estimate = estimator.estimate(values);
        EXPECT_LE(estimate.low.value(), estimate.probability);
        EXPECT_GE(estimate.high.value(), estimate.probability);
        covered += estimate.low <= truth && truth <= estimate.high ? 1 : 0;
    }
    EXPECT_NEAR(static_cast<double>(covered) / kPatients, 0.95, 0.01);
}

TEST_F(EstimateRisk, MeasurementErrorWidensTheIntervalByItsVariance) {
    RiskInputs inputs = typical_patient(model_);
    const auto half_width = [&] {
        const RiskEstimate estimate = estimate_risk(model_, inputs);
        return (logit(estimate.high.value()) - logit(estimate.low.value())) / 2;
    };
    const double exact = half_width();
    inputs["csa_cm2"] = measured_input(33.84, {.low = 31.84, .high = 35.84, .coverage = 0.95});
    EXPECT_NEAR(std::pow(half_width(), 2), exact * exact + std::pow(0.572 * 2, 2), 1e-9);
}

// The delta method with the intercept moving along: variance = sum of SE^2 (x - center)^2 + that of
// the event rate; at the centers only the rate is left.
TEST_F(EstimateRisk, CovarianceIsThatOfIndependentCoefficientsAroundTheirCenters) {
    const std::vector<double> covariance = coefficient_covariance(model_);
    const std::size_t terms = model_.predictors.size() + 1;
    ASSERT_EQ(covariance.size(), terms * terms);
    double of_centers = 0;
    for (std::size_t i = 1; i < terms; ++i) {
        const Predictor& one = model_.predictors[i - 1];
        const double variance = one.standard_error * one.standard_error;
        EXPECT_DOUBLE_EQ(covariance[i * terms + i], variance);
        EXPECT_EQ(covariance[i], covariance[i * terms]);
        const double center = -covariance[i] / variance;
        EXPECT_GE(center, std::min(one.events.mean, one.non_events.mean) - one.events.sd)
            << one.key;
        EXPECT_LE(center, std::max(one.events.mean, one.non_events.mean) + one.events.sd)
            << one.key;
        of_centers += center * center * variance;
        for (std::size_t k = 1; k < i; ++k) {
            EXPECT_EQ(covariance[i * terms + k], 0);
        }
    }
    const double of_rate = covariance[0] - of_centers;
    EXPECT_GT(of_rate, 0);
    EXPECT_LT(of_rate, 1);
}

TEST_F(EstimateRisk, PercentileIsTheShareOfTheCohortWithALowerRisk) {
    std::mt19937_64 random(13);
    const RiskEstimate patient = estimate_risk(model_, typical_patient(model_));
    constexpr int kPatients = 20'000;
    int below = 0;
    for (int i = 0; i < kPatients; ++i) {
        const RiskInputs inputs = random_patient(model_, random);
        double sum = model_.intercept;
        for (const Predictor& one : model_.predictors) {
            sum += one.coefficient * inputs.at(one.key).value;
        }
        below += logistic(sum) < patient.probability ? 1 : 0;
    }
    EXPECT_NEAR(patient.percentile.value(), 100.0 * below / kPatients, 1.5);
}

TEST_F(EstimateRisk, FlagsValuesOutsideThePublishedRange) {
    RiskInputs inputs = typical_patient(model_);
    inputs["age_years"].value = 59.9;
    inputs["csa_cm2"].value = 60;
    EXPECT_EQ(estimate_risk(model_, inputs).out_of_range,
              (std::vector<std::string>{"age_years", "csa_cm2"}));
    inputs["age_years"].value = 60;
    inputs["csa_cm2"].value = 30;
    EXPECT_TRUE(estimate_risk(model_, inputs).out_of_range.empty());
}

TEST_F(EstimateRisk, RefusesImpossibleValues) {
    const auto complaint = [&](const char* key, double value) -> std::string {
        RiskInputs inputs = typical_patient(model_);
        inputs[key].value = value;
        try {
            estimate_risk(model_, inputs);
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::invalid_value);
            return error.what();
        }
        return "accepted";
    };
    EXPECT_EQ(complaint("age_years", 250), "age_years is 250, possible are 0 to 120 year");
    EXPECT_EQ(complaint("csa_cm2", -1), "csa_cm2 is -1, possible are 0 to 150 cm2");
    EXPECT_EQ(complaint("fdr_pct", 101), "fdr_pct is 101, possible are 0 to 100 %");
    EXPECT_EQ(complaint("diabetes", 0.5), "diabetes is 0.5, must be 0 or 1");
    EXPECT_EQ(complaint("diabetes", 2), "diabetes is 2, possible are 0 to 1");
    EXPECT_NE(complaint("bmd_t_score", std::nan("")), "accepted");
}

TEST_F(EstimateRisk, SurvivesPatientsFarFromBothGroups) {
    RiskInputs inputs;
    inputs["csa_cm2"].value = 150;
    inputs["fdr_pct"].value = 100;
    inputs["age_years"].value = 0;
    const RiskEstimate estimate = estimate_risk(model_, inputs);
    EXPECT_TRUE(std::isfinite(estimate.probability));
    EXPECT_GE(estimate.probability, 0);
    EXPECT_LE(estimate.probability, 1);
}

TEST_F(EstimateRisk, IgnoresKeysThatTheModelDoesNotUse) {
    RiskInputs inputs = typical_patient(model_);
    const double before = estimate_risk(model_, inputs).probability;
    inputs["shoe_size"].value = 43;
    EXPECT_EQ(estimate_risk(model_, inputs).probability, before);
}

TEST_F(EstimateRisk, ContributionsAddUpToTheLogitAboveTheCohortsMean) {
    const RiskInputs inputs = typical_patient(model_);
    double mean_logit = model_.intercept;
    for (const Predictor& one : model_.predictors) {
        mean_logit += one.coefficient * (0.256 * one.events.mean + 0.744 * one.non_events.mean);
    }
    double sum = 0;
    const std::vector<RiskContribution> contributions = risk_contributions(model_, inputs);
    for (std::size_t i = 0; i < contributions.size(); ++i) {
        sum += contributions[i].logits;
        EXPECT_TRUE(i == 0 ||
                    std::abs(contributions[i].logits) <= std::abs(contributions[i - 1].logits));
    }
    EXPECT_NEAR(mean_logit + sum, logit(estimate_risk(model_, inputs).probability), 1e-9);
}

TEST_F(EstimateRisk, TwoCardsMayStandBesideEachOther) {
    RiskModel model = load_risk_model("yang2025");
    model.companion = "yang2025";
    EXPECT_EQ(estimate_risk(model, {}).companion.value().model, "yang2025");
}

TEST_F(EstimateRisk, ACardOfOtherPredictorsDoesNotStandBeside) {
    RiskModel model = load_risk_model("yang2025");
    model.predictors.pop_back();
    EXPECT_FALSE(estimate_risk(model, {}).companion);
    model.companion = "nowhere";
    EXPECT_THROW(estimate_risk(model, {}), Error);
}

}  // namespace
}  // namespace paraspinal
