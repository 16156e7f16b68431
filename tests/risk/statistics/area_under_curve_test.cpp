// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/area_under_curve.h"

#include "core/error.h"
#include "tests/risk/reference.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace paraspinal {
namespace {

using testing::column;
using testing::flags;

// R 4.2.2: uniroot of Newcombe's equation, 9 and 2 patients without overlap. DeLong says [1, 1].
TEST(AreaUnderCurve, WithoutOverlapTheIntervalKnowsHowManyPatientsThereAre) {
    const std::vector<double> score{9, 8, 9, 8, 9, 8, 9, 9, 9, 3, 2};
    const std::vector<std::uint8_t> event{1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0};
    const IntervalEstimate area = area_under_curve({.score = score, .event = event});
    EXPECT_EQ(area.value, 1);
    EXPECT_NEAR(area.low, 0.539735807518294, 1e-9);
    EXPECT_EQ(area.high, 1);
    EXPECT_TRUE(has_degenerate_area({.score = score, .event = event}));
    const std::vector<double> many(score);
    std::vector<double> twice = score;
    twice.insert(twice.end(), many.begin(), many.end());
    std::vector<std::uint8_t> twice_event = event;
    twice_event.insert(twice_event.end(), event.begin(), event.end());
    EXPECT_GT(area_under_curve({.score = twice, .event = twice_event}).low, area.low);
}

// Mirrored scores mirror area and interval; R's roc.test equals the comparison in tests/r.
TEST(AreaUnderCurve, ComparisonOfAFactorWithItselfAndWithItsMirror) {
    const auto event = flags("cohort250.csv", "new_fracture");
    const auto csa = column("cohort250.csv", "csa_cm2");
    std::vector<double> mirrored;
    for (const double value : csa) {
        mirrored.push_back(-value);
    }
    const AreaComparison same = compare_areas({.first = csa, .second = csa, .event = event});
    EXPECT_EQ(same.difference.value, 0);
    EXPECT_EQ(same.test.p, 1);
    const AreaComparison other = compare_areas({.first = csa, .second = mirrored, .event = event});
    const double area = area_under_curve({.score = csa, .event = event}).value;
    EXPECT_NEAR(other.difference.value, 2 * area - 1, 1e-12);
    EXPECT_LT(other.test.p, 1e-6);
}

}  // namespace
}  // namespace paraspinal
