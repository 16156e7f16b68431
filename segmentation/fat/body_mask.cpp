// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/body_mask.h"

#include "core/error.h"
#include "segmentation/percentile.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

// Half a percent of a slice at least is air, vessel or cortical bone; darker still is only noise.
constexpr double kAirShare = 0.005;
// Fat and fluid make up far more than 2 % of a slice.
constexpr double kBrightShare = 0.98;
// Smoothed air stays below this share of the brightness of fat; the leanest muscle may too, but it
// lies inside and is filled like a hole.
constexpr float kBodyBrightness = 0.2F;

void keep_largest_component(cv::Mat& mask) {
    cv::Mat labels;
    cv::Mat statistics;
    cv::Mat centers;
    const int count =
        cv::connectedComponentsWithStats(mask, labels, statistics, centers, 8, CV_32S);
    int largest = 0;
    for (int label = 1; label < count; ++label) {
        if (largest == 0 || statistics.at<int>(label, cv::CC_STAT_AREA) >
                                statistics.at<int>(largest, cv::CC_STAT_AREA)) {
            largest = label;
        }
    }
    mask = largest == 0 ? cv::Mat::zeros(mask.size(), CV_8U) : cv::Mat((labels == largest) / 255);
}

// A hole is dark and cut off from the border of the image.
void fill_holes(cv::Mat& mask) {
    cv::Mat labels;
    const int count = cv::connectedComponents(1 - mask, labels, 4, CV_32S);
    std::vector<bool> outside(static_cast<std::size_t>(count), false);
    outside[0] = true;
    const auto mark = [&](int row, int col) {
        outside[static_cast<std::size_t>(labels.at<int>(row, col))] = true;
    };
    for (int row = 0; row < mask.rows; ++row) {
        mark(row, 0);
        mark(row, mask.cols - 1);
    }
    for (int col = 0; col < mask.cols; ++col) {
        mark(0, col);
        mark(mask.rows - 1, col);
    }
    for (int row = 0; row < mask.rows; ++row) {
        for (int col = 0; col < mask.cols; ++col) {
            if (!outside[static_cast<std::size_t>(labels.at<int>(row, col))]) {
                mask.at<std::uint8_t>(row, col) = 1;
            }
        }
    }
}

}  // namespace

Image<float> smoothed(const Image<float>& intensity) {
    constexpr int kWidthPixels = 5;
    Image<float> smooth = intensity;
    cv::Mat pixels(smooth.rows, smooth.cols, CV_32F, smooth.pixels.data());
    cv::blur(pixels, pixels, {kWidthPixels, kWidthPixels});
    return smooth;
}

Body find_body(const Image<float>& intensity) {
    const std::vector<float>& values = intensity.pixels;
    if (!std::ranges::all_of(values, [](float value) { return std::isfinite(value); })) {
        throw Error(ErrorCode::invalid_value,
                    "the slice holds pixels that are not numbers; export it again");
    }
    if (values.empty() || std::ranges::min(values) == std::ranges::max(values)) {
        throw Error(ErrorCode::image_constant,
                    "all pixels of the slice have the same value; choose another slice");
    }
    // Single pixels of noise must neither join the body nor set the level of the air.
    const Image<float> smooth = smoothed(intensity);
    Body body{.mask = Mask(intensity.size()), .air = percentile(smooth.pixels, kAirShare)};
    float bright = percentile(smooth.pixels, kBrightShare);
    if (!(bright > body.air)) {
        bright = std::ranges::max(smooth.pixels);
    }
    const float least = body.air + kBodyBrightness * (bright - body.air);
    std::ranges::transform(smooth.pixels, body.mask.pixels.begin(), [least](float value) {
        return static_cast<std::uint8_t>(value > least);
    });
    cv::Mat mask(intensity.rows, intensity.cols, CV_8U, body.mask.pixels.data());
    cv::Mat work = mask.clone();
    keep_largest_component(work);
    fill_holes(work);
    work.copyTo(mask);
    return body;
}

}  // namespace paraspinal
