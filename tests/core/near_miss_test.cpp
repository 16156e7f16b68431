// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/near_miss.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace paraspinal::testing {
namespace {

const std::vector<std::string> kNames{"--level", "--levels", "--level-offset", "--retry-failed"};

TEST(NearMiss, TakesNeighborsThatChangedPlacesForOneError) {
    EXPECT_EQ(near_miss("--levles", kNames), "--levels");
    EXPECT_EQ(near_miss("--elvel", kNames), "--level");
}

TEST(NearMiss, TakesLettersThatAreMissingTooManyOrWrong) {
    EXPECT_EQ(near_miss("--levls", kNames), "--levels");
    EXPECT_EQ(near_miss("--levells", kNames), "--levels");
    EXPECT_EQ(near_miss("--lefel", kNames), "--level");
    EXPECT_EQ(near_miss("--levell-ofset", kNames), "--level-offset");
}

TEST(NearMiss, TakesThePartForTheWhole) {
    EXPECT_EQ(near_miss("--retry", kNames), "--retry-failed");
    EXPECT_EQ(near_miss("--ret", kNames), "--retry-failed");
    EXPECT_EQ(near_miss("--level-offset-of-the-count", kNames), "--level-offset");
}

TEST(NearMiss, TakesNothingThatIsFar) {
    EXPECT_EQ(near_miss("--xyzzy", kNames), std::nullopt);
    EXPECT_EQ(near_miss("--l", kNames), std::nullopt);
    EXPECT_EQ(near_miss("", kNames), std::nullopt);
}

}  // namespace
}  // namespace paraspinal::testing
