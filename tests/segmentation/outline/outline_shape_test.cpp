// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/outline_shape.h"

#include <gtest/gtest.h>

#include <cmath>

namespace paraspinal {
namespace {

constexpr Structure kMuscle = Structure::psoas_left;
constexpr Structure kBody = Structure::vertebral_body;

void paint(LabelMap& labels, PixelIndex first, ImageSize size, Structure structure) {
    for (int row = first.row; row < first.row + size.rows; ++row) {
        for (int col = first.col; col < first.col + size.cols; ++col) {
            labels[{row, col}] = structure;
        }
    }
}

TEST(Solidity, IsOneOfARectangleAndOfOnePixel) {
    LabelMap labels(ImageSize{40, 40});
    EXPECT_FALSE(solidity(labels, kMuscle));
    labels[{20, 20}] = kMuscle;
    EXPECT_DOUBLE_EQ(*solidity(labels, kMuscle), 1);
    paint(labels, {5, 7}, {20, 15}, kMuscle);
    EXPECT_DOUBLE_EQ(*solidity(labels, kMuscle), 1);
}

// A square of 20 with a square of 10 cut from its corner: 300 of 400 - 50.
TEST(Solidity, IsTheShareOfTheHullThatAnLFills) {
    LabelMap labels(ImageSize{40, 40});
    paint(labels, {10, 10}, {20, 20}, kMuscle);
    paint(labels, {20, 20}, {10, 10}, Structure::background);
    EXPECT_DOUBLE_EQ(*solidity(labels, kMuscle), 300.0 / 350.0);
}

TEST(Solidity, OfADiscComesNearOne) {
    LabelMap labels(ImageSize{200, 200});
    for (int row = 0; row < 200; ++row) {
        for (int col = 0; col < 200; ++col) {
            if (std::hypot(row - 99.5, col - 99.5) < 80) {
                labels[{row, col}] = kMuscle;
            }
        }
    }
    EXPECT_GT(*solidity(labels, kMuscle), 0.98);
    EXPECT_LE(*solidity(labels, kMuscle), 1);
}

TEST(Gap, IsMeasuredBetweenPixelCentersInMm) {
    LabelMap labels(ImageSize{60, 60});
    paint(labels, {10, 10}, {10, 10}, kBody);
    EXPECT_FALSE(gap_mm(labels, kMuscle, kBody, {1, 1}));
    paint(labels, {23, 24}, {20, 20}, kMuscle);
    const PixelSpacing spacing{.row_mm = 0.5, .col_mm = 2};
    EXPECT_DOUBLE_EQ(*gap_mm(labels, kMuscle, kBody, spacing), std::hypot(4 * 0.5, 5 * 2.0));
    EXPECT_DOUBLE_EQ(*gap_mm(labels, kBody, kMuscle, spacing),
                     *gap_mm(labels, kMuscle, kBody, spacing));
}

TEST(Gap, IsOnePixelWhereTheyTouch) {
    LabelMap labels(ImageSize{60, 60});
    paint(labels, {10, 10}, {10, 10}, kBody);
    paint(labels, {10, 20}, {10, 10}, kMuscle);
    EXPECT_DOUBLE_EQ(*gap_mm(labels, kMuscle, kBody, {.row_mm = 0.7, .col_mm = 0.8}), 0.8);
}

}  // namespace
}  // namespace paraspinal
