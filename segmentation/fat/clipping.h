// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <cstddef>

namespace paraspinal {

/// How much of what the fat threshold rests on was cut off when the image was stored.
struct Clipping {
    double muscle_at_floor = 0;   ///< Share of muscle pixels at the smallest value of the slice.
    double fat_at_top = 0;        ///< Share of fat pixels at the largest value of the slice.
    std::size_t gray_levels = 0;  ///< Different values among these pixels, counted up to 64.
};

/// Looks at the values as stored, before bias correction; `fat` is SeenFat::where, or empty.
Clipping clipping_of(const ImageSlice& slice, const LabelMap& labels, const Mask& fat);

/// Whether it is enough to move the fatty degeneration ratio.
bool is_clipped(const Clipping& clipping);

}  // namespace paraspinal
