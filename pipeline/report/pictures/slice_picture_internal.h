// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/slice.h"
#include "pipeline/report/pictures/color.h"

#include <opencv2/core.hpp>

#include <cstring>

namespace paraspinal {

// What pictures of a slice are made of.

/// `page`, 8-bit color in OpenCV's order.
RgbImage rgb_image(const cv::Mat& page);

/// The orientation change of `radiological_display`, on an OpenCV image.
cv::Mat turned(cv::Mat shown, const DisplayOrientation& turn);

/// `image` as an OpenCV image of `type`, in radiological display.
template <class Pixel>
cv::Mat displayed(const Image<Pixel>& image, int type, const DisplayOrientation& turn) {
    cv::Mat shown(image.rows, image.cols, type);
    std::memcpy(shown.data, image.pixels.data(), image.pixels.size() * sizeof(Pixel));
    return turned(shown, turn);
}

/// Width and height of the slice in radiological display.
cv::Size2d extent_mm(const ImageSlice& slice, const DisplayOrientation& turn);

/// `image` inside `view`, black beyond its border.
cv::Mat cut(const cv::Mat& image, const cv::Rect2d& view);

/// `intensity` as 8-bit color of `size`, gray levels between the darkest and brightest per cent, so
/// that a few pixels near the coil do not darken the muscles.
cv::Mat windowed(const cv::Mat& intensity, cv::Size size);

/// Draws a smooth line just inside the border of the 8-bit mask `region`, which is stretched over
/// `canvas`, so that neighbors do not cover each other.
void draw_outline(cv::Mat& canvas, const cv::Mat& region, const Color& color, double line_px);

}  // namespace paraspinal
