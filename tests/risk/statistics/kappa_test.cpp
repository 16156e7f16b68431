// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/kappa.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

// Diagnoses of 200 patients by two: Cohen, Psychol Bull 1968;70:213-220, whose unweighted kappa is
// 0.492.
const RatingCounts kDiagnoses{{88, 10, 2}, {14, 40, 6}, {18, 10, 12}};

void expect_near(const std::optional<IntervalEstimate>& kappa,
                 double value,
                 double low,
                 double high) {
    EXPECT_NEAR(kappa.value().value, value, 1e-8);
    EXPECT_NEAR(kappa.value().low, low, 1e-7);
    EXPECT_NEAR(kappa.value().high, high, 1e-7);
}

// R 4.2.2, psych 2.2.9: values, and the interval of the unweighted one, by cohen.kappa. Its
// interval of the weighted ones is not that of Fleiss, Cohen and Everitt; these are by the delta
// method with numerical derivatives in R, which their formula is.
TEST(Kappa, IsThatOfR) {
    expect_near(cohen_kappa(kDiagnoses, KappaWeights::none), 0.491525424, 0.391563702, 0.591487145);
    expect_near(cohen_kappa(kDiagnoses, KappaWeights::linear), 0.473684211, 0.3669988, 0.5803696);
    expect_near(
        cohen_kappa(kDiagnoses, KappaWeights::quadratic), 0.454545455, 0.3242986, 0.5847923);
}

TEST(Kappa, OfTwoClassesHasNoUseForWeights) {
    const RatingCounts counts{{20, 5}, {10, 15}};
    const IntervalEstimate plain = cohen_kappa(counts, KappaWeights::none).value();
    EXPECT_NEAR(plain.value, 0.4, 1e-12);
    EXPECT_NEAR(cohen_kappa(counts, KappaWeights::linear)->value, plain.value, 1e-12);
    EXPECT_NEAR(cohen_kappa(counts, KappaWeights::quadratic)->low, plain.low, 1e-12);
}

// R: prop.test(10, 10, correct = FALSE)$conf.int[1] is 0.7224672; chance agrees in 0.52.
TEST(Kappa, OfIdenticalRatersIsOneWithAnIntervalThatKnowsN) {
    const double low = (0.7224672 - 0.52) / 0.48;
    expect_near(cohen_kappa({{4, 0}, {0, 6}}, KappaWeights::linear), 1, low, 1);
    RatingCounts subjects(4, {2, 0});
    subjects.insert(subjects.end(), 6, {0, 2});
    expect_near(fleiss_kappa(subjects), 1, low, 1);
}

TEST(Kappa, IsUndefinedWhereChanceAloneAgrees) {
    EXPECT_FALSE(cohen_kappa({{7, 0}, {0, 0}}, KappaWeights::none));
    EXPECT_FALSE(cohen_kappa({{4, 3}, {0, 0}}, KappaWeights::none)) << "0 whatever the other did";
    EXPECT_FALSE(fleiss_kappa({{3, 0}, {3, 0}}));
    EXPECT_FALSE(fleiss_kappa({{2, 1}}));
    for (std::size_t subjects = 2; subjects < 60; ++subjects) {
        EXPECT_FALSE(fleiss_kappa(RatingCounts(subjects, {3, 0}))) << subjects;
    }
    EXPECT_THROW(cohen_kappa({{0, 0}, {0, 0}}, KappaWeights::none), Error);
    EXPECT_THROW(cohen_kappa({{1, 2}}, KappaWeights::none), Error);
    EXPECT_THROW(fleiss_kappa({{3, 0}, {2, 0}}), Error);
    EXPECT_THROW(fleiss_kappa({}), Error);
}

// Fourteen raters, ten subjects, five classes: the example of
// https://en.wikipedia.org/wiki/Fleiss%27_kappa, kappa 0.210; Gwet's variance written out in R.
TEST(Kappa, OfFleissIsThePublishedOne) {
    const RatingCounts subjects{{0, 0, 0, 0, 14},
                                {0, 2, 6, 4, 2},
                                {0, 0, 3, 5, 6},
                                {0, 3, 9, 2, 0},
                                {2, 2, 8, 1, 1},
                                {7, 7, 0, 0, 0},
                                {3, 2, 6, 3, 0},
                                {2, 5, 3, 2, 2},
                                {6, 5, 2, 1, 0},
                                {0, 2, 2, 3, 7}};
    expect_near(fleiss_kappa(subjects), 0.2099307044, 0.0288866525, 0.3909747564);
}

}  // namespace
}  // namespace paraspinal
