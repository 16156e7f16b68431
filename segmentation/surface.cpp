// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/surface.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal {

std::vector<PixelIndex> surface_of(const Mask& mask) {
    constexpr std::array kNeighbors{
        PixelIndex{-1, 0}, PixelIndex{1, 0}, PixelIndex{0, -1}, PixelIndex{0, 1}};
    std::vector<PixelIndex> surface;
    for (int row = 0; row < mask.rows; ++row) {
        for (int col = 0; col < mask.cols; ++col) {
            const auto is_outside = [&](const PixelIndex& step) {
                const PixelIndex next{row + step.row, col + step.col};
                return !mask.contains(next) || mask[next] == 0;
            };
            if (mask[{row, col}] != 0 && std::ranges::any_of(kNeighbors, is_outside)) {
                surface.push_back({row, col});
            }
        }
    }
    return surface;
}

DistanceTo::DistanceTo(const std::vector<PixelIndex>& pixels,
                       ImageSize size,
                       const PixelSpacing& spacing)
    : in_column_(size, std::numeric_limits<double>::infinity()), col_mm_(spacing.col_mm) {
    for (const PixelIndex& pixel : pixels) {
        in_column_[pixel] = 0;
    }
    for (int row = 1; row < size.rows; ++row) {
        for (int col = 0; col < size.cols; ++col) {
            double& here = in_column_[{row, col}];
            here = std::min(here, in_column_[{row - 1, col}] + spacing.row_mm);
        }
    }
    for (int row = size.rows - 2; row >= 0; --row) {
        for (int col = 0; col < size.cols; ++col) {
            double& here = in_column_[{row, col}];
            here = std::min(here, in_column_[{row + 1, col}] + spacing.row_mm);
        }
    }
}

// Columns are tried outward until they are too far; the hypotenuse takes time.
double DistanceTo::from(PixelIndex at, double limit_mm) const {
    double nearest = in_column_[at];
    for (int step = 1; step < in_column_.cols && step * col_mm_ < std::min(nearest, limit_mm);
         ++step) {
        for (const int col : {at.col - step, at.col + step}) {
            const bool may_be_nearer =
                col >= 0 && col < in_column_.cols && in_column_[{at.row, col}] < nearest;
            if (may_be_nearer) {
                nearest = std::min(nearest, std::hypot(step * col_mm_, in_column_[{at.row, col}]));
            }
        }
    }
    return nearest;
}

}  // namespace paraspinal
