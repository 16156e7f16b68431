// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Simulated validation: how often 95 % intervals hold the truth, 500 cohorts each. With 500 runs a
// true 95 % is seen as 92.5 to 97.5 % in 99 of 100 simulations. What it prints is the table of
// docs/cohort.md.
#include "core/interval.h"
#include "core/text.h"
#include "risk/statistics/agreement.h"
#include "risk/statistics/area_under_curve.h"
#include "risk/statistics/kappa.h"
#include "risk/statistics/logistic_regression.h"
#include "risk/statistics/person_time.h"
#include "risk/statistics/proportion.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <iostream>
#include <random>
#include <vector>

namespace paraspinal {
namespace {

constexpr int kRuns = 500;

// Share of runs whose interval holds `truth`; told under `name`.
double coverage(const char* name,
                double truth,
                const std::function<IntervalEstimate(std::mt19937_64&)>& estimate) {
    std::mt19937_64 random(20261130);
    int held = 0;
    for (int run = 0; run < kRuns; ++run) {
        const IntervalEstimate interval = estimate(random);
        held += interval.low <= truth && truth <= interval.high ? 1 : 0;
    }
    const double share = static_cast<double>(held) / kRuns;
    std::cout << name << ": " << fixed_text(100 * share, 1) << " %\n";
    return share;
}

double normal(std::mt19937_64& random) {
    return std::normal_distribution<>()(random);
}

RegressionData cohort(std::mt19937_64& random, int patients, double slope) {
    RegressionData data{.names = {"x"}};
    for (int i = 0; i < patients; ++i) {
        data.x.push_back(normal(random));
        const double risk = 1 / (1 + std::exp(1 - slope * data.x.back()));
        data.event.push_back(std::bernoulli_distribution(risk)(random) ? 1 : 0);
    }
    return data;
}

TEST(Coverage, OddsRatios) {
    constexpr double kSlope = 0.7;
    EXPECT_NEAR(coverage("odds ratio, 150 patients, Wald",
                         kSlope,
                         [](std::mt19937_64& random) {
                             const RegressionData data = cohort(random, 150, kSlope);
                             return wald_interval(fit_logistic(data), 1);
                         }),
                0.95,
                0.025);
    EXPECT_NEAR(coverage("odds ratio, 60 patients, Firth with profile",
                         kSlope,
                         [](std::mt19937_64& random) {
                             const RegressionData data = cohort(random, 60, kSlope);
                             const LogisticOptions firth{.firth = true};
                             return profile_interval(data, fit_logistic(data, firth), 1, firth);
                         }),
                0.95,
                0.025);
}

IntervalEstimate simulated_area(std::mt19937_64& random, int events, int others, double shift) {
    std::vector<double> score;
    std::vector<std::uint8_t> event;
    for (int i = 0; i < events + others; ++i) {
        event.push_back(i < events ? 1 : 0);
        score.push_back(normal(random) + (i < events ? shift : 0));
    }
    return area_under_curve({.score = score, .event = event});
}

double area_of(double shift) {
    return 0.5 * std::erfc(-shift / 2);
}

TEST(Coverage, AreasUnderTheCurve) {
    EXPECT_NEAR(
        coverage("AUC, 60 against 120, DeLong",
                 area_of(0.8),
                 [](std::mt19937_64& random) { return simulated_area(random, 60, 120, 0.8); }),
        0.95,
        0.025);
    // Nine against two, almost without overlap: Newcombe's interval where DeLong's is a point.
    const double small =
        coverage("AUC, 9 against 2 with hardly an overlap, Newcombe",
                 area_of(3.0),
                 [](std::mt19937_64& random) { return simulated_area(random, 9, 2, 3.0); });
    EXPECT_GT(small, 0.85);
}

TEST(Coverage, IntraclassCorrelations) {
    constexpr double kIcc = 4.0 / 5.25;  // Variance of targets over all of it.
    EXPECT_NEAR(coverage("ICC(2,1), 40 subjects, 8 raters",
                         kIcc,
                         [](std::mt19937_64& random) {
                             RatingTable ratings;
                             std::vector<double> rater(8);
                             for (double& bias : rater) {
                                 bias = 0.5 * normal(random);
                             }
                             for (int target = 0; target < 40; ++target) {
                                 const double value = 2 * normal(random);
                                 ratings.emplace_back();
                                 for (const double bias : rater) {
                                     ratings.back().push_back(value + bias + normal(random));
                                 }
                             }
                             return intraclass_correlation(ratings).agreement;
                         }),
                0.95,
                0.03);
}

TEST(Coverage, LimitsOfAgreementAndMeanChange) {
    const auto pairs = [](std::mt19937_64& random) {
        std::vector<double> first;
        std::vector<double> second;
        for (int i = 0; i < 40; ++i) {
            first.push_back(30 + normal(random));
            second.push_back(first.back() - 0.5 + normal(random));
        }
        return measure_agreement({.first = first, .second = second});
    };
    EXPECT_NEAR(coverage("limit of agreement, 40 pairs",
                         0.5 + 1.959963984540054,
                         [&](std::mt19937_64& random) { return *pairs(random).upper_limit; }),
                0.95,
                0.025);
    EXPECT_NEAR(
        coverage(
            "bias, 40 pairs", 0.5, [&](std::mt19937_64& random) { return *pairs(random).bias; }),
        0.95,
        0.025);
}

// Exact intervals hold the truth at least that often.
TEST(Coverage, RatesAndShares) {
    EXPECT_GE(coverage("rate, 8 events expected, exact",
                       0.1,
                       [](std::mt19937_64& random) {
                           const auto events = std::poisson_distribution<>(8)(random);
                           return event_rate({.events = events, .time = 80});
                       }),
              0.93);
    EXPECT_GE(coverage("ratio of rates, 16 and 10 events expected, exact",
                       2.0,
                       [](std::mt19937_64& random) {
                           return rate_ratio(
                               {.events = std::poisson_distribution<>(16)(random), .time = 80},
                               {.events = std::poisson_distribution<>(10)(random), .time = 100});
                       }),
              0.93);
    EXPECT_NEAR(coverage("share of 50, Wilson",
                         0.8,
                         [](std::mt19937_64& random) {
                             const auto with = std::binomial_distribution<>(50, 0.8)(random);
                             return wilson_interval({.with = with, .all = 50});
                         }),
                0.95,
                0.025);
}

// Two and five raters who put 80 subjects into three classes, right with probability 0.8, else one
// of all three at random: kappa is 0.8^2.
TEST(Coverage, Kappas) {
    constexpr double kRight = 0.8;
    const auto rating = [](std::mt19937_64& random, int truth) {
        return static_cast<std::size_t>(std::bernoulli_distribution(kRight)(random)
                                            ? truth
                                            : std::uniform_int_distribution<>(0, 2)(random));
    };
    const auto truth_of = [](std::mt19937_64& random) {
        return std::uniform_int_distribution<>(0, 2)(random);
    };
    constexpr int kSubjects = 80;
    EXPECT_NEAR(coverage("kappa of Cohen, 80 subjects",
                         kRight * kRight,
                         [&](std::mt19937_64& random) {
                             RatingCounts counts(3, std::vector<std::int64_t>(3));
                             for (int i = 0; i < kSubjects; ++i) {
                                 const int truth = truth_of(random);
                                 const std::size_t first = rating(random, truth);
                                 ++counts[first][rating(random, truth)];
                             }
                             return cohen_kappa(counts, KappaWeights::none).value();
                         }),
                0.95,
                0.025);
    EXPECT_NEAR(coverage("kappa of Fleiss, 80 subjects, 5 raters",
                         kRight * kRight,
                         [&](std::mt19937_64& random) {
                             RatingCounts subjects;
                             for (int i = 0; i < kSubjects; ++i) {
                                 const int truth = truth_of(random);
                                 subjects.emplace_back(3);
                                 for (int rater = 0; rater < 5; ++rater) {
                                     ++subjects.back()[rating(random, truth)];
                                 }
                             }
                             return fleiss_kappa(subjects).value();
                         }),
                0.95,
                0.025);
}

}  // namespace
}  // namespace paraspinal
