// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/body_mask.h"
#include "segmentation/fat/reference.h"
#include "tests/segmentation/fat/fat_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paraspinal {
namespace {

using testing::fat_phantom;
using testing::FatPhantom;

TEST(SubcutaneousFat, IsMeasuredBehindTheMuscles) {
    const FatPhantom phantom = fat_phantom({.fat = 260});
    const auto found = see_fat(phantom.slice, phantom.labels);
    ASSERT_TRUE(found.has_value());
    EXPECT_NEAR(found->reference.fat, 260, 3);
    EXPECT_LT(found->reference.air, 10);
}

TEST(SubcutaneousFat, IsFoundByThePlaneOfTheSlice) {
    FatPhantom phantom = fat_phantom({});
    const double upright = see_fat(phantom.slice, phantom.labels).value().reference.fat;
    // Half a turn of the picture with its plane: the same patient.
    std::ranges::reverse(phantom.slice.intensity.pixels);
    std::ranges::reverse(phantom.labels.pixels);
    phantom.slice.plane.along_columns = {.x = -1, .y = 0, .z = 0};
    phantom.slice.plane.along_rows = {.x = 0, .y = -1, .z = 0};
    EXPECT_EQ(see_fat(phantom.slice, phantom.labels).value().reference.fat, upright);
}

TEST(SubcutaneousFat, IsAbsentWhereNothingIsBrighterThanMuscle) {
    FatPhantom phantom = fat_phantom({.subcutaneous_fat = false});
    for (int row = 0; row < phantom.labels.rows; ++row) {
        for (int col = 0; row > 150 && col < phantom.labels.cols; ++col) {
            phantom.slice.intensity[{.row = row, .col = col}] = 0;
        }
    }
    EXPECT_FALSE(see_fat(phantom.slice, phantom.labels).has_value());
}

// What the picture shows of the phantom's fat.
void blacken_rows(FatPhantom& phantom, int first, int last) {
    for (int row = first; row < last; ++row) {
        for (int col = 0; col < phantom.labels.cols; ++col) {
            phantom.slice.intensity[{.row = row, .col = col}] *= 0.05F;
        }
    }
}

TEST(SubcutaneousFat, IsFoundWhereABandPartsTheBody) {
    FatPhantom phantom = fat_phantom({.size = 256});
    blacken_rows(phantom, 120, 135);
    EXPECT_NEAR(see_fat(phantom.slice, phantom.labels).value().reference.fat, 300, 3);
}

TEST(SubcutaneousFat, IsFoundBehindMuscleThatIsAllFat) {
    const FatPhantom phantom = fat_phantom({.fat_share = 1});
    EXPECT_NEAR(see_fat(phantom.slice, phantom.labels).value().reference.fat, 300, 3);
}

TEST(SubcutaneousFat, IsFoundAtTheFlanksAlone) {
    FatPhantom phantom = fat_phantom({.size = 256});
    for (int row = 0; row < 256; ++row) {
        for (int col = 72; col < 184; ++col) {
            const PixelIndex at{.row = row, .col = col};
            phantom.slice.intensity[at] = std::min(phantom.slice.intensity[at], 100.0F);
        }
    }
    const auto found = see_fat(phantom.slice, phantom.labels);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->reference.place, FatPlace::subcutaneous);
    EXPECT_NEAR(found->reference.fat, 300, 3);
}

TEST(FatElsewhere, ServesWhereThePictureEndsAtTheMuscles) {
    FatPhantom phantom = fat_phantom({.size = 256, .subcutaneous_fat = false});
    for (int row = 120; row < 150; ++row) {
        for (int col = 60; col < 196; ++col) {
            if (std::abs(col - 128) > 28) {
                phantom.slice.intensity[{.row = row, .col = col}] = 280;
            }
        }
    }
    const auto found = see_fat(phantom.slice, phantom.labels);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->reference.place, FatPlace::elsewhere);
    EXPECT_NEAR(found->reference.fat, 280, 3);
    const auto [least, most] = std::ranges::minmax(found->choices);
    EXPECT_GT(most / least, 1.5) << "it is less sure";
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
