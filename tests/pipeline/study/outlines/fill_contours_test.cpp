// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/fill_contours.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace paraspinal {
namespace {

const ImageFrame kFrame{
    .plane = {.origin_mm = {-40, 7, 3}}, .spacing = {0.7, 0.6}, .size = {.rows = 40, .cols = 50}};

// A rectangle along the centers of these rows and columns, a point at each, written to 0.01 mm and
// moved by `shift` pixels.
Contour rectangle(int top, int left, int bottom, int right, double shift = 0) {
    Contour contour;
    const auto add = [&](double row, double col) {
        const auto written = [](double mm) { return std::round(mm * 100) / 100; };
        contour.points_mm.push_back(
            {written(kFrame.plane.origin_mm.x + (col + shift) * kFrame.spacing.col_mm),
             written(kFrame.plane.origin_mm.y + (row + shift) * kFrame.spacing.row_mm),
             kFrame.plane.origin_mm.z});
    };
    for (int col = left; col < right; ++col) {
        add(top, col);
    }
    for (int row = top; row < bottom; ++row) {
        add(row, right);
    }
    for (int col = right; col > left; --col) {
        add(bottom, col);
    }
    for (int row = bottom; row > top; --row) {
        add(row, left);
    }
    return contour;
}

std::ptrdiff_t pixels(const std::vector<Contour>& contours) {
    std::vector<const Contour*> drawn;
    for (const Contour& contour : contours) {
        drawn.push_back(&contour);
    }
    return std::ranges::count(filled_contours(drawn, kFrame).pixels, 1);
}

TEST(FillContours, CountsThePixelsThatATracedOneRunsThrough) {
    EXPECT_EQ(pixels({rectangle(10, 12, 19, 31)}), 10 * 20);
    EXPECT_EQ(pixels({rectangle(10, 12, 19, 31), rectangle(13, 15, 16, 20)}), 10 * 20 - 2 * 4)
        << "the border of a hole belongs to what is around it";
}

TEST(FillContours, LeavesOthersAsTheyAre) {
    EXPECT_EQ(pixels({rectangle(10, 12, 19, 31, 0.3)}), 9 * 19);
    Contour corners = rectangle(10, 12, 19, 31);
    corners.points_mm = {
        corners.points_mm[0], corners.points_mm[19], corners.points_mm[28], corners.points_mm[47]};
    EXPECT_LT(pixels({corners}), 10 * 20) << "four points may be chance";
}

}  // namespace
}  // namespace paraspinal
