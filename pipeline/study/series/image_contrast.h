// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <optional>

namespace paraspinal {

/// How bright the tissues of an axial slice are against each other, whatever its header says.
/// Brightness counts from the darkest of the slice, but for 1 % of its pixels, which padding may
/// be; 3 x 3 means are compared.
struct ImageContrast {
    /// Subcutaneous fat (90th percentile of the 2 to 25 mm behind the muscles) as a multiple of
    /// lean muscle (lower quartile of the muscles). nullopt where nothing lies behind them.
    std::optional<double> fat_to_lean;
    /// The thecal sac (4 to 14 mm behind the vertebral body, within 6 mm of its middle), fluid for
    /// the most part: upper quartile, as a multiple of lean muscle. nullopt without a vertebral
    /// body.
    std::optional<double> fluid_to_lean;
    /// What lies 2 to 25 mm behind the vertebral body within 10 mm of its middle: 95th percentile,
    /// as a share of which the fat is.
    std::optional<double> fat_to_fluid;
    /// The same fat behind the muscles of one side as a share of that of the other, which is
    /// brighter, both as they are and as multiples of their own side's lean muscle: the larger of
    /// the two shares. Shading darkens fat and muscle of one side together, and a fatty muscle
    /// leaves the fat behind it as it is. nullopt where nothing lies behind one side.
    std::optional<double> fat_of_darker_side;
    /// Share of the outermost pixels of the slice that are about as bright as its brightest.
    double bright_border = 0;
};

/// Throws nothing; the labels have the size of the slice.
ImageContrast image_contrast(const ImageSlice& slice, const LabelMap& labels);

}  // namespace paraspinal
