// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/clean_outlines.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>

namespace paraspinal {
namespace {

constexpr int kSideNeighbours = 4;
constexpr int kAllNeighbours = 8;

// Masks are 0 and 255, as OpenCV's comparisons make them.

// The largest part of `mask`; of equal ones the first by rows, so that the result is fixed.
cv::Mat largest_part(const cv::Mat& mask) {
    cv::Mat_<int> parts;
    cv::Mat_<int> statistics;
    cv::Mat_<double> centres;
    const int count =
        cv::connectedComponentsWithStats(mask, parts, statistics, centres, kSideNeighbours);
    int largest = 0;
    for (int part = 1; part < count; ++part) {
        if (largest == 0 ||
            statistics(part, cv::CC_STAT_AREA) > statistics(largest, cv::CC_STAT_AREA)) {
            largest = part;
        }
    }
    return largest == 0 ? mask : cv::Mat(parts == largest);
}

// What is outside `mask` and not connected to the border of the image.
cv::Mat holes(const cv::Mat& mask) {
    cv::Mat framed;
    cv::copyMakeBorder(mask, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, 0);
    constexpr int kOutside = 1;
    cv::floodFill(framed, cv::Point(0, 0), kOutside, nullptr, 0, 0, kAllNeighbours);
    return framed(cv::Rect(1, 1, mask.cols, mask.rows)) == 0;
}

}  // namespace

LabelMap clean_outlines(const LabelMap& labels) {
    cv::Mat_<std::uint8_t> values(labels.rows, labels.cols);
    std::transform(
        labels.pixels.begin(), labels.pixels.end(), values.begin(), [](Structure structure) {
            return static_cast<std::uint8_t>(structure);
        });
    cv::Mat_<std::uint8_t> cleaned(values.size(), std::uint8_t{0});
    for (const Structure structure : kStructures) {
        const auto value = static_cast<int>(structure);
        cleaned.setTo(value, largest_part(values == value));
    }
    for (const Structure structure : kStructures) {
        const auto value = static_cast<int>(structure);
        cleaned.setTo(value, holes(cleaned == value) & (cleaned == 0));
    }
    LabelMap result(labels.size());
    std::transform(cleaned.begin(), cleaned.end(), result.pixels.begin(), [](std::uint8_t value) {
        return static_cast<Structure>(value);
    });
    return result;
}

}  // namespace paraspinal
