// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/roi_mask.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

[[noreturn]] void refuse_other_size(ImageSize size) {
    throw Error(ErrorCode::outline_mismatch,
                "the outline lies partly outside the image of " + std::to_string(size.cols) +
                    " x " + std::to_string(size.rows) +
                    " pixels, so it was drawn on another one; choose its slice with --slice");
}

void require_inside(const RoiPoint& point, ImageSize size) {
    constexpr double kBeyondPx = 0.5;
    if (!(point.x >= -kBeyondPx && point.y >= -kBeyondPx && point.x <= size.cols + kBeyondPx &&
          point.y <= size.rows + kBeyondPx)) {
        refuse_other_size(size);
    }
}

// ImageJ moves each crossing by this much to the right, so that rounding errors never decide about
// a pixel center that lies on the outline.
constexpr double kTieBreak = 1e-8;

// The first row whose pixel centers lie on or below y.
int first_row_below(double y) {
    return static_cast<int>(std::ceil(y - 0.5));
}

// Marks, in each row that the line from `a` to `b` crosses, the first pixel to its right.
void mark_crossings(RoiPoint a, RoiPoint b, Mask& crossings) {
    if (a.y > b.y) {
        std::swap(a, b);
    }
    const double slope = (b.x - a.x) / (b.y - a.y);
    const int end = std::min(first_row_below(b.y), crossings.rows);
    for (int row = std::max(first_row_below(a.y), 0); row < end; ++row) {
        const double x = a.x + (row + 0.5 - a.y) * slope + kTieBreak;
        const int col = std::clamp(static_cast<int>(std::floor(x + 0.5)), 0, crossings.cols - 1);
        crossings[{row, col}] ^= 1U;
    }
}

// Even-odd: a pixel is inside when the number of crossings to its left is odd.
Mask fill(const std::vector<RoiPath>& paths, ImageSize size) {
    Mask crossings({.rows = size.rows, .cols = size.cols + 1});
    for (const RoiPath& path : paths) {
        for (std::size_t i = 0; i < path.size(); ++i) {
            require_inside(path[i], size);
            const RoiPoint& next = path[(i + 1) % path.size()];
            if (path[i].y != next.y) {
                require_inside(next, size);
                mark_crossings(path[i], next, crossings);
            }
        }
    }
    Mask mask(size);
    for (int row = 0; row < size.rows; ++row) {
        std::uint8_t inside = 0;
        for (int col = 0; col < size.cols; ++col) {
            inside ^= crossings[{row, col}];
            mask[{row, col}] = inside;
        }
    }
    return mask;
}

Mask fill(const RoiOval& oval, ImageSize size) {
    const double x_radius = oval.width / 2.0;
    const double y_radius = oval.height / 2.0;
    const RoiPoint center{oval.left + x_radius, oval.top + y_radius};
    require_inside({center.x - x_radius, center.y - y_radius}, size);
    require_inside({center.x + x_radius, center.y + y_radius}, size);
    Mask mask(size);
    for (int row = std::max(oval.top, 0); row < oval.top + oval.height; ++row) {
        for (int col = std::max(oval.left, 0); col < oval.left + oval.width; ++col) {
            const double x = col + 0.5 - center.x;
            const double y = row + 0.5 - center.y;
            const double radius2 = x * x / (x_radius * x_radius) + y * y / (y_radius * y_radius);
            mask[{row, col}] = radius2 <= 1 ? 1 : 0;
        }
    }
    return mask;
}

}  // namespace

Mask roi_mask(const ImageJRoi& roi, ImageSize size) {
    return std::visit([size](const auto& shape) { return fill(shape, size); }, roi.shape);
}

}  // namespace paraspinal
