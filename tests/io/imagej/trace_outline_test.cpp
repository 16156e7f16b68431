// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/trace_outline.h"

#include "io/imagej/decode_roi.h"
#include "io/imagej/encode_roi.h"
#include "io/imagej/roi_mask.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace paraspinal {
namespace {

Mask drawn(const std::vector<std::string>& rows) {
    Mask mask({.rows = static_cast<int>(rows.size()), .cols = static_cast<int>(rows[0].size())});
    for (int row = 0; row < mask.rows; ++row) {
        for (int col = 0; col < mask.cols; ++col) {
            mask[{row, col}] =
                rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(col)] == '#' ? 1 : 0;
        }
    }
    return mask;
}

// Twice the area, positive when the path runs clockwise as displayed.
double signed_area(const RoiPath& path) {
    double sum = 0;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const RoiPoint& next = path[(i + 1) % path.size()];
        sum += path[i].x * next.y - next.x * path[i].y;
    }
    return sum / 2;
}

TEST(TraceOutline, HasAPointAtEachTurn) {
    const std::vector<RoiPath> expected{{{1, 1}, {3, 1}, {3, 2}, {2, 2}, {2, 3}, {1, 3}}};
    EXPECT_EQ(trace_outline(drawn({"....", ".##.", ".#..", "...."})), expected);
}

TEST(TraceOutline, OfNothingIsEmpty) {
    EXPECT_TRUE(trace_outline(Mask({.rows = 3, .cols = 4})).empty());
    EXPECT_TRUE(trace_outline(Mask()).empty());
}

TEST(TraceOutline, KeepsPixelsApartThatTouchInACorner) {
    const std::vector<RoiPath> paths = trace_outline(drawn({"#.", ".#"}));
    ASSERT_EQ(paths.size(), 2U);
    EXPECT_EQ(paths[0].size(), 4U);
    EXPECT_EQ(paths[1].size(), 4U);
}

TEST(TraceOutline, RunsAroundHolesTheOtherWay) {
    const std::vector<RoiPath> paths = trace_outline(drawn({"#####", "#..##", "#####"}));
    ASSERT_EQ(paths.size(), 2U);
    EXPECT_EQ(signed_area(paths[0]), 15);
    EXPECT_EQ(signed_area(paths[1]), -2);
}

TEST(TraceOutline, FilledGivesTheMaskAgain) {
    std::mt19937 random(5);  // NOLINT(cert-msc32-c, cert-msc51-cpp): the same on every run.
    for (const unsigned int share : {1U, 4U, 5U, 8U, 10U}) {
        for (int round = 0; round < 40; ++round) {
            Mask mask({.rows = 23, .cols = 17});
            for (auto& pixel : mask.pixels) {
                pixel = random() % 10 < share ? 1 : 0;
            }
            const ImageJRoi roi{.name = "x", .shape = trace_outline(mask)};
            ASSERT_EQ(roi_mask(roi, mask.size()), mask);
            ASSERT_EQ(roi_mask(decode_imagej_roi(encode_imagej_roi(roi)), mask.size()), mask);
        }
    }
}

}  // namespace
}  // namespace paraspinal
