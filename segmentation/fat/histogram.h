// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "segmentation/fat/threshold_fat.h"

#include <array>
#include <cstdint>
#include <vector>

namespace paraspinal {

/// Counts of the 256 gray levels of an 8-bit image.
using GrayCounts = std::array<std::int64_t, 256>;

/// How the values of a slice become 256 gray levels, as ImageJ makes them: levels of an 8-bit image
/// are kept, other images are stretched from their smallest to their largest value.
struct GrayScale {
    double black = 0;  ///< The value of level 0.
    double step = 1;   ///< From one level to the next.

    [[nodiscard]] int level_of(double value) const;
    [[nodiscard]] double value_of(int level) const { return black + step * level; }
};

/// The scale of a slice. An image of at most 256 evenly spaced values counts as 8-bit, so that
/// a change of brightness and contrast (a x + b) changes no level.
GrayScale gray_scale(const Image<float>& intensity);

GrayCounts gray_counts(const std::vector<double>& values, const GrayScale& scale);

}  // namespace paraspinal
