// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/movable_border.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = 0.8, .col_mm = 0.8};
constexpr ImageSize kSize{.rows = 160, .cols = 160};

// A disk with its middle at `x_mm` to the right of the picture's.
Mask disk(double radius_mm, double x_mm = 0) {
    Mask mask(kSize);
    for (int row = 0; row < kSize.rows; ++row) {
        for (int col = 0; col < kSize.cols; ++col) {
            const double x = (col - 79.5) * kSpacing.col_mm - x_mm;
            const double y = (row - 79.5) * kSpacing.row_mm;
            mask[{.row = row, .col = col}] = std::hypot(x, y) <= radius_mm ? 1 : 0;
        }
    }
    return mask;
}

double disk_mm2(double radius_mm) {
    return std::numbers::pi * radius_mm * radius_mm;
}

TEST(MovableBorder, HasTheAreaOfItsRegionUntilItMoves) {
    const Mask region = disk(30);
    const MovableBorder border(region, kSpacing, 5);
    double pixels = 0;
    for (const auto value : region.pixels) {
        pixels += value;
    }
    EXPECT_NEAR(border.area_mm2(0), pixels * pixel_area_mm2(kSpacing), 1e-9);
}

TEST(MovableBorder, GrowsAndShrinksLikeADisk) {
    const MovableBorder border(disk(30), kSpacing, 5);
    for (const double outward_mm : {-4.0, -1.0, 0.5, 3.0}) {
        const double truth = disk_mm2(30 + outward_mm);
        EXPECT_NEAR(border.area_mm2(outward_mm), truth, 0.015 * truth) << outward_mm;
    }
    EXPECT_NEAR(border.length_mm(), 2 * std::numbers::pi * 30, 0.05 * 2 * std::numbers::pi * 30);
}

TEST(BorderDisplacement, IsThatOfTwoDisksInsideOneAnother) {
    for (const double outside_mm : {-3.0, 0.0, 1.5, 6.0}) {
        const auto found = border_displacement(disk(30 + outside_mm), disk(30), kSpacing);
        ASSERT_TRUE(found);
        EXPECT_NEAR(found->mean_mm, outside_mm, 0.25 * kSpacing.row_mm) << outside_mm;
        EXPECT_LT(found->sd_mm, 0.5) << outside_mm;
    }
}

TEST(BorderDisplacement, OfAShiftedDiskIsLocal) {
    // Radially the border lies 4 cos(angle) mm outside, deviation 4 / sqrt(2).
    const auto found = border_displacement(disk(30, 4), disk(30), kSpacing);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->mean_mm, 0, 0.1);
    EXPECT_NEAR(found->sd_mm, 4 / std::numbers::sqrt2, 0.3);
    // Places whose correlation cos(angle) is one half are 60 degrees apart.
    EXPECT_NEAR(found->together_mm, 2 * 30, 6);
}

TEST(BorderDisplacement, NeedsTwoRegions) {
    EXPECT_FALSE(border_displacement(disk(30), Mask(kSize), kSpacing));
    EXPECT_FALSE(border_displacement(Mask(kSize), disk(30), kSpacing));
}

}  // namespace
}  // namespace paraspinal
