// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/tools/fat/dixon.h"

#include <cstdint>

namespace paraspinal::evaluation {

/// Receive fields: even; 1.8 times brighter on one side; 2.7 times brighter at the back, as of
/// a spine coil.
enum class Field { even, sideways, coil };

/// What the muscles hold: as acquired; lean, without the pixels that have 20 % fat or more; or with
/// simulated infiltration of a share of their area by clusters of fat of some millimeters.
struct Muscle {
    bool lean = false;
    double infiltration = 0;  ///< Share of the area, [0, 1].
};

/// How a T2-like image is made from water and fat.
struct Recipe {
    double water_weight = 1;
    double fat_weight = 1;
    double noise = 0;  ///< Rician, deviation as a share of the brightness of lean muscle.
    Field field = Field::even;
    Muscle muscle;
    std::uint32_t seed = 0;
};

/// How many times brighter pure fat is than lean muscle, medians near the muscles.
double fat_over_lean(const DixonSlice& slice);

/// Water and fat with the muscles of `muscle`; the truth is fat_fraction of the result.
DixonSlice with_muscle(DixonSlice slice, const Muscle& muscle, std::uint32_t seed);

/// The T2-like image of `slice`.
ImageSlice compose(const DixonSlice& slice, const Recipe& recipe);

}  // namespace paraspinal::evaluation
