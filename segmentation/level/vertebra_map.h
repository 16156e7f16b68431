// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/plane.h"
#include "core/slice.h"

#include <array>
#include <cstdint>

namespace paraspinal {

/// What the network tells apart on a sagittal slice, in the order of its outputs.
enum class VertebraClass : std::uint8_t {
    background,
    s1,
    below_s1,
    l5,
    l4,
    l3,
    l2,
    l1,
    thoracic,
    disc,
};
inline constexpr int kVertebraClasses = 10;

/// Those that are a body.
inline constexpr std::array kBodyClasses{VertebraClass::s1,
                                         VertebraClass::l5,
                                         VertebraClass::l4,
                                         VertebraClass::l3,
                                         VertebraClass::l2,
                                         VertebraClass::l1,
                                         VertebraClass::thoracic};

/// The grid on which the network looks at a sagittal slice, its center on that of the image. It
/// must match scripts/train/level line by line.
inline constexpr ImageSize kSagittalGrid{.rows = 288, .cols = 224};
inline constexpr double kSagittalPixelMm = 1.5;

/// What the network sees in one sagittal slice: the probability of each class at each place of the
/// grid, head at the top and the front of the patient on the left side.
struct VertebraMap {
    ImagePlane plane;         ///< Of the grid, whose pixels are kSagittalPixelMm apart.
    ImageFrame image;         ///< Of the slice as displayed: the grid reaches beyond it.
    Image<float> brightness;  ///< Of the image as the network saw it: -0.35 is black, 0.65 bright.
    std::array<Image<float>, kVertebraClasses> probability;

    [[nodiscard]] const Image<float>& of(VertebraClass kind) const {
        return probability.at(static_cast<std::size_t>(kind));
    }
};

/// The probability that a pixel is body of any vertebra, S1 included: whether the lowest body is S1
/// or L5 is for the count to decide, not for the outline.
ImageSlice body_probability(const VertebraMap& map);

}  // namespace paraspinal
