// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/body_mask.h"
#include "segmentation/fat/reference.h"
#include "tests/segmentation/fat/fat_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

namespace paraspinal {
namespace {

using testing::fat_phantom;
using testing::FatPhantom;

TEST(SubcutaneousFat, IsMeasuredBehindTheMuscles) {
    const FatPhantom phantom = fat_phantom({.fat = 260});
    const auto found = subcutaneous_fat(phantom.slice, phantom.labels);
    ASSERT_TRUE(found.has_value());
    EXPECT_NEAR(found->fat, 260, 3);
    EXPECT_LT(found->air, 10);
}

TEST(SubcutaneousFat, IsFoundByThePlaneOfTheSlice) {
    FatPhantom phantom = fat_phantom({});
    const double upright = subcutaneous_fat(phantom.slice, phantom.labels).value().fat;
    // Half a turn of the picture with its plane: the same patient.
    std::ranges::reverse(phantom.slice.intensity.pixels);
    std::ranges::reverse(phantom.labels.pixels);
    phantom.slice.plane.along_columns = {.x = -1, .y = 0, .z = 0};
    phantom.slice.plane.along_rows = {.x = 0, .y = -1, .z = 0};
    EXPECT_EQ(subcutaneous_fat(phantom.slice, phantom.labels).value().fat, upright);
}

TEST(SubcutaneousFat, IsAbsentInAPictureThatEndsAtTheMuscles) {
    FatPhantom phantom = fat_phantom({});
    for (int row = 0; row < phantom.labels.rows; ++row) {
        for (int col = 0; row > 140 && col < phantom.labels.cols; ++col) {
            phantom.slice.intensity[{.row = row, .col = col}] = 0;
        }
    }
    EXPECT_FALSE(subcutaneous_fat(phantom.slice, phantom.labels).has_value());
}

TEST(FindBody, FillsTheBodyAndLeavesTheAir) {
    const FatPhantom phantom = fat_phantom({.lean = 40, .fat = 300, .noise = 6});
    const Body body = find_body(phantom.slice.intensity);
    const int middle = phantom.labels.rows / 2;
    EXPECT_EQ((body.mask[{.row = middle, .col = middle}]), 1);
    EXPECT_EQ((body.mask[{.row = 2, .col = 2}]), 0);
    const auto inside = std::ranges::count(body.mask.pixels, 1);
    // The smoothing lets the bright rim reach up to two pixels into the air.
    const auto ellipse = [](double margin) {
        return std::numbers::pi * (0.46 * 192 + margin) * (0.38 * 192 + margin);
    };
    EXPECT_GT(static_cast<double>(inside), ellipse(-0.5));
    EXPECT_LT(static_cast<double>(inside), ellipse(2));
}

}  // namespace
}  // namespace paraspinal
