// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "segmentation/network.h"

#include <vector>

namespace paraspinal {

/// The square grid on which the outlining network looks at a slice: radiological display,
/// kGridPixelMm apart, its center on the center of the image. It must match
/// scripts/train/outline/preprocessing.py line by line.
inline constexpr int kGridSide = 320;
inline constexpr double kGridPixelMm = 1.0;
inline constexpr NetworkGrid kOutlineGrid{.size = {.rows = kGridSide, .cols = kGridSide},
                                          .pixel_mm = kGridPixelMm};

/// The input of the network: the slice smoothed to the resolution of the grid, sampled linearly,
/// divided by the 99th percentile of the pixels inside the image, clipped to [0, 1.5] and shifted
/// by -0.35. Outside the image: -0.35.
/// Throws Error image_constant when the slice holds no positive or only equal values.
Image<float> network_input(const ImageSlice& slice);

/// The channel with the largest value at each pixel of the slice's own grid, where `channels` are
/// the network's probabilities on the grid, interpolated linearly, so that borders follow the
/// image and not the blocks of the grid. Outside the grid: background. Channels above the last
/// Structure (helper classes of the network) count as background.
LabelMap labels_on_slice(const std::vector<Image<float>>& channels, const ImageSlice& slice);

}  // namespace paraspinal
