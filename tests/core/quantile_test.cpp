// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/quantile.h"

#include <gtest/gtest.h>

#include <vector>

namespace paraspinal {
namespace {

// quantile(c(7, 1, 4, 2), c(0, 0.25, 0.5, 0.9, 1)) of R 4.2.2.
TEST(Quantile, IsTypeSevenOfR) {
    const std::vector<double> values{7, 1, 4, 2};
    EXPECT_EQ(quantile(values, 0), 1);
    EXPECT_EQ(quantile(values, 0.25), 1.75);
    EXPECT_EQ(quantile(values, 0.5), 3);
    EXPECT_NEAR(quantile(values, 0.9), 6.1, 1e-12);
    EXPECT_EQ(quantile(values, 1), 7);
    EXPECT_EQ(quantile(std::vector<float>{3, 1}, 0.5), 2.0F);
    EXPECT_EQ(quantile(std::vector<double>{5}, 0.3), 5);
}

}  // namespace
}  // namespace paraspinal
