// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/statistics_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace paraspinal {
namespace {

TEST(IntervalText, SaysValueAndEnds) {
    EXPECT_EQ(interval_text(IntervalEstimate{.value = 3.25, .low = 1, .high = 5.04}, 1),
              "3.2 [1.0, 5.0]");
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    EXPECT_EQ(interval_text(IntervalEstimate{.value = 2, .low = -kInfinity, .high = kInfinity}, 0),
              "2 [-inf, inf]");
    EXPECT_EQ(interval_text(std::nullopt, 2), "-");
}

TEST(PValueText, IsShortForPeople) {
    EXPECT_EQ(p_value_text(0.0004, false), "<0.001");
    EXPECT_EQ(p_value_text(0.0464, false), "0.046");
    EXPECT_EQ(p_value_text(0.0464, true), "0.0464");
}

}  // namespace
}  // namespace paraspinal
