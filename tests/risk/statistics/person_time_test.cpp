// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/person_time.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <cmath>

namespace paraspinal {
namespace {

// R 4.2.2: poisson.test(5, 12.5)$conf.int.
TEST(PersonTime, RateHasTheExactIntervalOfR) {
    const IntervalEstimate rate = event_rate({.events = 5, .time = 12.5});
    EXPECT_NEAR(rate.value, 0.4, 1e-15);
    EXPECT_NEAR(rate.low, 0.129878911209474, 1e-12);
    EXPECT_NEAR(rate.high, 0.933466566345813, 1e-12);
    EXPECT_EQ(event_rate({.events = 0, .time = 3}).low, 0);
    EXPECT_THROW(event_rate({.events = 1, .time = 0}), Error);
}

// R 4.2.2: poisson.test(c(0, 9), c(34.1, 462)): the remote fractures of Reyhani et al. 2025.
TEST(PersonTime, ComparisonOfRatesIsThatOfR) {
    const PersonTime brace{.events = 0, .time = 34.1};
    const PersonTime none{.events = 9, .time = 462};
    EXPECT_NEAR(rate_test(brace, none).p, 1, 1e-12);
    const IntervalEstimate ratio = rate_ratio(brace, none);
    EXPECT_EQ(ratio.value, 0);
    EXPECT_EQ(ratio.low, 0);
    EXPECT_NEAR(ratio.high, 6.86402193302453, 1e-9);
    EXPECT_TRUE(std::isinf(rate_ratio(none, brace).high));
}

// R 4.2.2: poisson.test(c(11, 21), c(800, 3011)).
TEST(PersonTime, EventsOnBothSides) {
    const PersonTime first{.events = 11, .time = 800};
    const PersonTime second{.events = 21, .time = 3011};
    EXPECT_NEAR(rate_test(first, second).p, 0.0796686330333, 1e-10);
    const IntervalEstimate ratio = rate_ratio(first, second);
    EXPECT_NEAR(ratio.value, 1.9714880952381, 1e-12);
    EXPECT_NEAR(ratio.low, 0.858426403391639, 1e-10);
    EXPECT_NEAR(ratio.high, 4.277265943654071, 1e-9);
    EXPECT_EQ(rate_test({.events = 0, .time = 1}, {.events = 0, .time = 2}).p, 1);
    EXPECT_THROW(rate_ratio({.events = 0, .time = 1}, {.events = 0, .time = 2}), Error);
}

}  // namespace
}  // namespace paraspinal
