// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/dark_band.h"

#include "tests/segmentation/fat/fat_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paraspinal {
namespace {

using testing::fat_phantom;
using testing::FatPhantom;

double depth_of(const FatPhantom& phantom) {
    return dark_band_depth(phantom.slice, phantom.labels);
}

// The rows in the middle of the muscles, `width` of them, times `factor`.
FatPhantom with_band(FatPhantom phantom, int width, float factor) {
    double rows = 0;
    double muscle = 0;
    for (int row = 0; row < phantom.labels.rows; ++row) {
        for (int col = 0; col < phantom.labels.cols; ++col) {
            if (is_paraspinal_muscle(phantom.labels[{.row = row, .col = col}])) {
                rows += row;
                muscle += 1;
            }
        }
    }
    const int first = static_cast<int>(rows / muscle) - width / 2;
    for (int row = first; row < first + width; ++row) {
        for (int col = 0; col < phantom.labels.cols; ++col) {
            phantom.slice.intensity[{.row = row, .col = col}] *= factor;
        }
    }
    return phantom;
}

TEST(DarkBand, IsNotSeenInMuscleThatIsEven) {
    for (const double fat_share : {0.0, 0.1, 0.3, 0.6}) {
        EXPECT_FALSE(is_dark_band(depth_of(fat_phantom({.fat_share = fat_share})))) << fat_share;
    }
}

TEST(DarkBand, HasTheDepthThatItWasDrawnWith) {
    for (const double fat_share : {0.05, 0.3}) {
        const FatPhantom phantom = fat_phantom({.noise = 2, .fat_share = fat_share});
        EXPECT_NEAR(depth_of(with_band(phantom, 8, 0.4F)), 0.6, 0.05) << fat_share;
        EXPECT_TRUE(is_dark_band(depth_of(with_band(phantom, 8, 0.5F)))) << fat_share;
    }
}

TEST(DarkBand, IsThePatientsAndNotThePictures) {
    FatPhantom phantom = with_band(fat_phantom({}), 8, 0.4F);
    const double upright = depth_of(phantom);
    for (float& value : phantom.slice.intensity.pixels) {
        value *= 3;
    }
    EXPECT_NEAR(depth_of(phantom), upright, 0.001) << "gain";
    std::ranges::reverse(phantom.slice.intensity.pixels);
    std::ranges::reverse(phantom.labels.pixels);
    phantom.slice.plane.along_columns = {.x = -1, .y = 0, .z = 0};
    phantom.slice.plane.along_rows = {.x = 0, .y = -1, .z = 0};
    EXPECT_NEAR(depth_of(phantom), upright, 0.02) << "half a turn";
}

TEST(DarkBand, NeedsMuscleOnBothSides) {
    FatPhantom phantom = fat_phantom({});
    EXPECT_EQ(dark_band_depth(phantom.slice, LabelMap(phantom.labels.size())), 0);
    // Fat over the whole front of the muscles leaves a step and no band.
    int row_of_first = 0;
    while (std::ranges::none_of(kParaspinalMuscles, [&](Structure muscle) {
        return phantom.labels[{.row = row_of_first, .col = phantom.labels.cols / 2 + 15}] == muscle;
    })) {
        ++row_of_first;
    }
    for (int row = row_of_first; row < row_of_first + 10; ++row) {
        for (int col = 0; col < phantom.labels.cols; ++col) {
            phantom.slice.intensity[{.row = row, .col = col}] = 300;
        }
    }
    EXPECT_FALSE(is_dark_band(depth_of(phantom)));
}

}  // namespace
}  // namespace paraspinal
