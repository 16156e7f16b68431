// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/outline_shape.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace paraspinal {
namespace {

// The corners of the first and last pixel of every row: no other one can lie on the convex hull.
std::vector<cv::Point2f> outer_corners(const LabelMap& labels, Structure structure) {
    std::vector<cv::Point2f> corners;
    for (int row = 0; row < labels.rows; ++row) {
        int first = labels.cols;
        int last = -1;
        for (int col = 0; col < labels.cols; ++col) {
            if (labels[{row, col}] == structure) {
                first = std::min(first, col);
                last = col;
            }
        }
        if (last < 0) {
            continue;
        }
        for (const int y : {row, row + 1}) {
            corners.emplace_back(static_cast<float>(first), static_cast<float>(y));
            corners.emplace_back(static_cast<float>(last + 1), static_cast<float>(y));
        }
    }
    return corners;
}

// Pixels with a neighbor of another structure, or none, at one of their four sides.
std::vector<PixelIndex> border_pixels(const LabelMap& labels, Structure structure) {
    constexpr std::array<PixelIndex, 4> kSteps{{{-1, 0}, {1, 0}, {0, -1}, {0, 1}}};
    std::vector<PixelIndex> border;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            const bool is_border =
                labels[{row, col}] == structure && std::ranges::any_of(kSteps, [&](PixelIndex by) {
                    const PixelIndex beside{.row = row + by.row, .col = col + by.col};
                    return !labels.contains(beside) || labels[beside] != structure;
                });
            if (is_border) {
                border.push_back({.row = row, .col = col});
            }
        }
    }
    return border;
}

}  // namespace

std::optional<double> solidity(const LabelMap& labels, Structure structure) {
    const auto pixels = static_cast<double>(std::ranges::count(labels.pixels, structure));
    if (pixels == 0) {
        return std::nullopt;
    }
    std::vector<cv::Point2f> hull;
    cv::convexHull(outer_corners(labels, structure), hull);
    return pixels / cv::contourArea(hull);
}

std::optional<double> gap_mm(const LabelMap& labels,
                             Structure one,
                             Structure other,
                             PixelSpacing spacing) {
    const std::vector<PixelIndex> others = border_pixels(labels, other);
    double smallest = std::numeric_limits<double>::infinity();
    for (const PixelIndex from : border_pixels(labels, one)) {
        for (const PixelIndex to : others) {
            smallest = std::min(smallest,
                                std::hypot((from.row - to.row) * spacing.row_mm,
                                           (from.col - to.col) * spacing.col_mm));
        }
    }
    return std::isfinite(smallest) ? std::optional(smallest) : std::nullopt;
}

}  // namespace paraspinal
