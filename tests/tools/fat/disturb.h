// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <span>
#include <string_view>

namespace paraspinal::evaluation {

/// A slice with the outlines that belong to it.
struct OutlinedSlice {
    ImageSlice slice;
    LabelMap labels;
};

/// A way in which the same muscles may come to us as other pixels.
struct Disturbance {
    std::string_view name;
    OutlinedSlice (*of)(const OutlinedSlice& seen, double fat);  ///< `fat`: the marked brightness.
};

/// Gain; offset; 8 bits windowed so that less than 1 % of the muscle is clipped; fields 1.8 times
/// brighter at one side and 2.7 times at the back; noise; 1.2 and 0.4 mm pixels; a saturation band
/// over the muscles; a dark anterior half; a fifth of the muscle clipped at the floor; fat clipped
/// at the top; a field of view that ends 8 mm beside and 12 mm behind the muscles; prone.
std::span<const Disturbance> disturbances();

}  // namespace paraspinal::evaluation
