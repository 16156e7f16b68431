// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/slice.h"
#include "segmentation/network.h"

#include <opencv2/core.hpp>

namespace paraspinal {

// What the inputs of the networks have in common; scripts/train does the same.

/// `image` after an orientation change of its pixels.
cv::Mat turned(const cv::Mat& image, const DisplayOrientation& turn);

/// Maps pixel centers of the grid to pixel centers of an image of `size`.
cv::Matx23d image_from_grid(const NetworkGrid& grid,
                            const cv::Size& size,
                            const PixelSpacing& spacing);

/// An image as a network sees it.
struct NetworkInput {
    cv::Mat_<float> values;
    cv::Mat_<std::uint8_t> inside;  ///< 1 where the grid lies on the image.
};

/// Takes the darkest value of `image` from all, so that gain and offset change nothing, smooths to
/// the resolution of the grid, samples linearly, divides by the 99th percentile of the pixels
/// inside the image, clips to [0, 1.5] and shifts by -0.35. Outside the image: -0.35. Throws Error
/// image_constant when the image has only equal values.
NetworkInput network_input_on(const NetworkGrid& grid,
                              const cv::Mat& image,
                              const PixelSpacing& spacing);

}  // namespace paraspinal
