// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/imagej/trace_outline.h"

#include <array>

namespace paraspinal {
namespace {

// Ways to walk from one pixel corner to the next, each a right turn from the one before.
enum Way : std::uint8_t { east, south, west, north };
constexpr int kWays = 4;

Way turned(Way way, int right_turns) {
    return static_cast<Way>((way + right_turns + kWays) % kWays);
}

// A corner is named by the pixel whose upper left corner it is.
PixelIndex moved(PixelIndex corner, Way way) {
    constexpr std::array<PixelIndex, kWays> kSteps{{{0, 1}, {1, 0}, {0, -1}, {-1, 0}}};
    return {corner.row + kSteps.at(way).row, corner.col + kSteps.at(way).col};
}

bool is_inside(const Mask& mask, PixelIndex pixel) {
    return mask.contains(pixel) && mask[pixel] != 0;
}

// Whether the edge from `corner` that way is a border with the inside on the right hand.
bool is_border(const Mask& mask, PixelIndex corner, Way way) {
    // The pixels that meet in the corner, seen from it: behind, ahead ... by way.
    const PixelIndex south_east = corner;
    const PixelIndex south_west{corner.row, corner.col - 1};
    const PixelIndex north_west{corner.row - 1, corner.col - 1};
    const PixelIndex north_east{corner.row - 1, corner.col};
    const std::array<PixelIndex, kWays> right{south_east, south_west, north_west, north_east};
    const std::array<PixelIndex, kWays> left{north_east, south_east, south_west, north_west};
    return is_inside(mask, right.at(way)) && !is_inside(mask, left.at(way));
}

// Follows the border that leaves `start` eastwards and marks the eastward edges as seen. Where two
// pixels touch in a corner only, the right turn keeps to the same one, so that they stay apart.
RoiPath follow(const Mask& mask, PixelIndex start, Mask& seen) {
    RoiPath path;
    PixelIndex corner = start;
    Way way = east;
    do {
        path.push_back({static_cast<double>(corner.col), static_cast<double>(corner.row)});
        const Way straight = way;
        while (way == straight) {
            if (way == east) {
                seen[corner] = 1;
            }
            corner = moved(corner, way);
            if (is_border(mask, corner, turned(way, 1))) {
                way = turned(way, 1);
            } else if (!is_border(mask, corner, way)) {
                way = turned(way, -1);
            }
        }
    } while (!(corner == start && way == east));
    return path;
}

}  // namespace

std::vector<RoiPath> trace_outline(const Mask& mask) {
    std::vector<RoiPath> paths;
    Mask seen({.rows = mask.rows + 1, .cols = mask.cols});
    for (int row = 0; row <= mask.rows; ++row) {
        for (int col = 0; col < mask.cols; ++col) {
            const PixelIndex corner{row, col};
            if (seen[corner] == 0 && is_border(mask, corner, east)) {
                paths.push_back(follow(mask, corner, seen));
            }
        }
    }
    return paths;
}

}  // namespace paraspinal
