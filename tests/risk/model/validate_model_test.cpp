// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/validate_model.h"

#include "core/error.h"
#include "risk/model/bootstrap_optimism.h"
#include "risk/model/published_cohort.h"
#include "tests/risk/reference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace paraspinal {
namespace {

using testing::column;
using testing::flags;
using testing::reference;

struct Predicted {
    std::vector<double> risk;
    std::vector<std::uint8_t> event;
};

// The fixed predictions of reference/statistics.R.
Predicted fixed_predictions() {
    Predicted predicted{.event = flags("cohort250.csv", "new_fracture")};
    const auto csa = column("cohort250.csv", "csa_cm2");
    const auto fdr = column("cohort250.csv", "fdr_pct");
    for (std::size_t i = 0; i < csa.size(); ++i) {
        predicted.risk.push_back(logistic(4 - 0.25 * csa[i] + 0.08 * fdr[i]));
    }
    return predicted;
}

RegressionData three_predictors() {
    RegressionData data{.names = {"csa_cm2", "fdr_pct", "diabetes"},
                        .event = flags("cohort250.csv", "new_fracture")};
    const auto csa = column("cohort250.csv", "csa_cm2");
    const auto fdr = column("cohort250.csv", "fdr_pct");
    const auto diabetes = column("cohort250.csv", "diabetes");
    for (std::size_t i = 0; i < csa.size(); ++i) {
        data.x.insert(data.x.end(), {csa[i], fdr[i], diabetes[i]});
    }
    return data;
}

TEST(ValidateModel, NumbersAreThoseOfR) {
    const Predicted predicted = fixed_predictions();
    const ModelValidation validation =
        validate_predictions({.score = predicted.risk, .event = predicted.event});
    EXPECT_EQ(validation.patients, 250U);
    EXPECT_EQ(validation.events, 64U);
    EXPECT_NEAR(validation.auc.value, reference("val_auc"), 1e-9);
    EXPECT_NEAR(validation.brier, reference("val_brier"), 1e-9);
    EXPECT_NEAR(validation.scaled_brier, reference("val_scaled"), 1e-9);
    const IntervalEstimate large = validation.calibration_in_the_large;
    EXPECT_NEAR(large.value, reference("val_large"), 1e-8);
    EXPECT_NEAR((large.high - large.value) / 1.959963984540054, reference("val_large_se"), 1e-8);
    const IntervalEstimate slope = validation.calibration_slope.value();
    EXPECT_NEAR(slope.value, reference("val_slope"), 1e-8);
    EXPECT_NEAR((slope.high - slope.value) / 1.959963984540054, reference("val_slope_se"), 1e-6);
    EXPECT_NEAR(validation.calibration_intercept, reference("val_intercept"), 1e-8);
    EXPECT_NEAR(validation.decision_curve.at(19).threshold, 0.2, 1e-12);
    EXPECT_NEAR(validation.decision_curve.at(19).model, reference("val_benefit_20"), 1e-12);
    EXPECT_NEAR(validation.decision_curve.at(19).everyone, reference("val_everyone_20"), 1e-12);
}

TEST(ValidateModel, TenthsHoldEveryPatientOnce) {
    const Predicted predicted = fixed_predictions();
    const ModelValidation validation =
        validate_predictions({.score = predicted.risk, .event = predicted.event});
    std::size_t patients = 0;
    double events = 0;
    for (const CalibrationGroup& group : validation.groups) {
        patients += group.patients;
        events += group.observed * static_cast<double>(group.patients);
    }
    EXPECT_EQ(validation.groups.size(), 10U);
    EXPECT_EQ(patients, 250U);
    EXPECT_NEAR(events, 64, 1e-9);
}

// R: glm on Hmisc::rcspline.eval(logit, knots = quantile(logit, c(.1, .5, .9)), inclx = TRUE, norm
// = 2).
TEST(ValidateModel, SmoothCurveIsThatOfR) {
    const Predicted predicted = fixed_predictions();
    const ModelValidation validation =
        validate_predictions({.score = predicted.risk, .event = predicted.event});
    ASSERT_EQ(validation.smooth.size(), 60U);
    const auto expect_at =
        [&](std::size_t place, double at, double value, double low, double high) {
            const CalibrationPoint& point = validation.smooth[place];
            EXPECT_NEAR(point.predicted, at, 1e-9);
            EXPECT_NEAR(point.observed.value, value, 1e-7);
            EXPECT_NEAR(point.observed.low, low, 1e-7);
            EXPECT_NEAR(point.observed.high, high, 1e-7);
        };
    expect_at(0, 5.57651016366e-03, 2.42508867597e-03, 8.81453873757e-05, 6.28269705635e-02);
    expect_at(20, 0.287443932332, 0.403360155618, 0.318027628630, 0.494970987499);
    expect_at(59, 0.837085405561, 0.799868657379, 0.491005982238, 0.943049016195);
    ASSERT_EQ(validation.histogram.size(), 20U);
    EXPECT_EQ(validation.histogram[0].others, 43U);
    EXPECT_EQ(validation.histogram[0].events, 2U);
    EXPECT_EQ(validation.histogram[9].others, 3U);
}

TEST(ValidateModel, CertaintyIsTakenBackAndCountedAndNonsenseRefused) {
    const std::vector<double> risk{0.2, 1.0, 0.7, 0.4};
    const std::vector<std::uint8_t> event{0, 1, 0, 1};
    const ModelValidation validation = validate_predictions({.score = risk, .event = event});
    EXPECT_EQ(validation.clamped, std::vector<std::size_t>{1});
    EXPECT_TRUE(std::isfinite(validation.calibration_in_the_large.value));
    for (const double wrong : {-0.1, 1.1, std::nan("")}) {
        const std::vector<double> nonsense{0.2, wrong, 0.7, 0.4};
        EXPECT_THROW(validate_predictions({.score = nonsense, .event = event}), Error) << wrong;
    }
}

TEST(BootstrapOptimism, DoesNotDependOnThreadsButOnTheSeed) {
    const RegressionData data = three_predictors();
    const Optimism one = bootstrap_optimism(data, {}, {.resamples = 50, .seed = 3, .threads = 1});
    const Optimism four = bootstrap_optimism(data, {}, {.resamples = 50, .seed = 3, .threads = 4});
    const Optimism other = bootstrap_optimism(data, {}, {.resamples = 50, .seed = 4, .threads = 1});
    EXPECT_EQ(one.auc, four.auc);
    EXPECT_EQ(one.slope, four.slope);
    EXPECT_NE(one.auc, other.auc);
    EXPECT_EQ(one.resamples, 50);
}

TEST(BootstrapOptimism, ModelsLookBetterOnTheirOwnPatients) {
    const Optimism optimism = bootstrap_optimism(three_predictors(), {}, {.resamples = 200});
    EXPECT_GT(optimism.auc, 0);
    EXPECT_LT(optimism.auc, 0.03);
    EXPECT_LT(optimism.brier, 0);
    EXPECT_GT(optimism.slope, 0);
}

}  // namespace
}  // namespace paraspinal
