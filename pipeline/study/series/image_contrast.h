// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "pipeline/study/qc_flag.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// How bright the tissues of an axial slice are against each other, whatever its header says.
/// Brightness counts from the darkest of the slice; 3 x 3 means are compared.
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
    /// Share of the outermost pixels of the slice that are about as bright as its brightest.
    double bright_border = 0;
};

/// Throws nothing; the labels have the size of the slice.
ImageContrast image_contrast(const ImageSlice& slice, const LabelMap& labels);

/// What the contrast says of the weighting of an axial slice.
enum class PixelWeighting { t2, t1, fat_suppressed, inverted, unclear };
PixelWeighting weighting_of(const ImageContrast& contrast);

/// Throws Error fat_suppressed where fat is no brighter than muscle or much darker than fluid, and
/// malformed_file where the air is the brightest (an inverted image): no number could be right.
void check_contrast(const ImageContrast& contrast);

/// Doubts: `fat_suppression_suspected`, `contrast_not_t2`.
std::vector<QcFlag> contrast_flags(const ImageContrast& contrast);

/// Limits between the values of axial T2, T1 and Dixon water images of known weighting, and of
/// sample images whose fat was darkened or whose values were turned round:
/// scripts/evaluate_contrast; docs/inputs.md has the rates of error.
inline constexpr double kSuppressedFatToLean = 1.5;
inline constexpr double kSuppressedFatToFluid = 0.3;
inline constexpr double kSuspectedFatToFluid = 0.5;
/// Fluid of fewer multiples of lean muscle is none on T2.
inline constexpr double kT1FluidToLean = 1.8;
inline constexpr double kInvertedBorder = 0.3;

}  // namespace paraspinal
