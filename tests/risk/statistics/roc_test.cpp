// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/roc.h"

#include "core/error.h"
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

// Reference: R's pROC, DeLong intervals and Youden cutoffs.
TEST(Roc, AreasIntervalsAndCutoffsAreThoseOfProc) {
    const auto event = flags("cohort250.csv", "new_fracture");
    for (const std::string name : {"csa_cm2", "hdl_c_mmol_l", "fdr_pct", "multiple_fractures"}) {
        const auto values = column("cohort250.csv", name);
        const RocAnalysis roc = roc_analysis({.score = values, .event = event});
        EXPECT_EQ(roc.larger_means_event, name != "csa_cm2") << name;
        EXPECT_NEAR(roc.auc.value, reference("auc_" + name), 1e-9) << name;
        EXPECT_NEAR(roc.auc.low, reference("auc_low_" + name), 1e-9) << name;
        EXPECT_NEAR(roc.auc.high, reference("auc_high_" + name), 1e-9) << name;
        EXPECT_NEAR(roc.youden.cutoff, reference("roc_threshold_" + name), 1e-9) << name;
        EXPECT_NEAR(roc.youden.sensitivity, reference("roc_sensitivity_" + name), 1e-9) << name;
        EXPECT_NEAR(roc.youden.specificity, reference("roc_specificity_" + name), 1e-9) << name;
        EXPECT_NEAR(roc.positive_predictive_value->value, reference("roc_ppv_" + name), 1e-9)
            << name;
        EXPECT_NEAR(roc.negative_predictive_value->value, reference("roc_npv_" + name), 1e-9)
            << name;
        EXPECT_NEAR(roc.accuracy.value, reference("roc_accuracy_" + name), 1e-9) << name;
    }
}

TEST(Roc, CurveRunsFromEveryonePositiveToNoOneAndEnclosesTheArea) {
    const auto event = flags("cohort250.csv", "new_fracture");
    const auto values = column("cohort250.csv", "hdl_c_mmol_l");
    const RocAnalysis roc = roc_analysis({.score = values, .event = event});
    EXPECT_EQ(roc.curve.front().sensitivity, 1);
    EXPECT_EQ(roc.curve.back().sensitivity, 0);
    double area = 0;
    for (std::size_t i = 1; i < roc.curve.size(); ++i) {
        const RocPoint& a = roc.curve[i - 1];
        const RocPoint& b = roc.curve[i];
        area += (b.specificity - a.specificity) * (a.sensitivity + b.sensitivity) / 2;
    }
    EXPECT_NEAR(area, roc.auc.value, 1e-12);
}

TEST(Roc, PerfectAndUselessScores) {
    const std::vector<double> score{1, 2, 3, 4};
    const std::vector<std::uint8_t> event{0, 0, 1, 1};
    const RocAnalysis perfect = roc_analysis({.score = score, .event = event});
    EXPECT_EQ(perfect.auc.value, 1);
    EXPECT_EQ(perfect.youden.cutoff, 2.5);
    EXPECT_EQ(perfect.accuracy.value, 1);
    const std::vector<double> flat(4, 7.0);
    EXPECT_EQ(roc_analysis({.score = flat, .event = event}).auc.value, 0.5);
}

TEST(Roc, CutoffOfTheBootstrapIsRepeatableAndAroundTheOne) {
    const auto event = flags("cohort250.csv", "new_fracture");
    const auto values = column("cohort250.csv", "csa_cm2");
    const ScoredPatients patients{.score = values, .event = event};
    const IntervalEstimate cutoff = youden_cutoff_interval(patients, {.resamples = 200});
    EXPECT_LE(cutoff.low, cutoff.value);
    EXPECT_GE(cutoff.high, cutoff.value);
    EXPECT_LT(cutoff.low, cutoff.high);
    EXPECT_EQ(youden_cutoff_interval(patients, {.resamples = 200}).low, cutoff.low);
}

TEST(Roc, NeedsBothOutcomes) {
    const std::vector<double> score{1, 2};
    const std::vector<std::uint8_t> all{1, 1};
    EXPECT_THROW(roc_analysis({.score = score, .event = all}), Error);
}

}  // namespace
}  // namespace paraspinal
