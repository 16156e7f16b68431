// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/qc_flag.h"
#include "pipeline/study/series/image_contrast.h"

#include <vector>

namespace paraspinal {

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
/// Fat behind one side that is darker than this share of the other side's is suppressed unevenly.
inline constexpr double kUnevenFat = 0.6;

}  // namespace paraspinal
