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
/// A part with this share of the largest part's area may be the vertebral body instead of it. Ours:
/// pieces of a body that a dark disc cuts off are smaller.
constexpr double kRivalShare = 0.5;

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

// Of the parts of the vertebral body that are not much smaller than the largest, the one nearest to
// multifidus: in narrow images the air in front of the belly was once taken for a body too.
cv::Mat part_near(const cv::Mat& body, const cv::Mat& multifidus) {
    const cv::Moments of_multifidus = cv::moments(multifidus, true);
    if (of_multifidus.m00 == 0) {
        return largest_part(body);
    }
    const cv::Point2d target(of_multifidus.m10 / of_multifidus.m00,
                             of_multifidus.m01 / of_multifidus.m00);
    cv::Mat_<int> parts;
    cv::Mat_<int> statistics;
    cv::Mat_<double> centres;
    const int count =
        cv::connectedComponentsWithStats(body, parts, statistics, centres, kSideNeighbours);
    double largest = 0;
    for (int part = 1; part < count; ++part) {
        largest = std::max<double>(largest, statistics(part, cv::CC_STAT_AREA));
    }
    int nearest = 0;
    double nearest_distance = 0;
    for (int part = 1; part < count; ++part) {
        const double distance = cv::norm(cv::Point2d(centres(part, 0), centres(part, 1)) - target);
        if (statistics(part, cv::CC_STAT_AREA) >= kRivalShare * largest &&
            (nearest == 0 || distance < nearest_distance)) {
            nearest = part;
            nearest_distance = distance;
        }
    }
    return nearest == 0 ? body : cv::Mat(parts == nearest);
}

// What is outside `mask` and not connected to the border of the image.
cv::Mat holes(const cv::Mat& mask) {
    cv::Mat framed;
    cv::copyMakeBorder(mask, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, 0);
    constexpr int kOutside = 1;
    cv::floodFill(framed, cv::Point(0, 0), kOutside, nullptr, 0, 0, kAllNeighbours);
    return framed(cv::Rect(1, 1, mask.cols, mask.rows)) == 0;
}

// Multifidus of both sides; it comes before the vertebral body in label order.
cv::Mat multifidus_of(const cv::Mat& labels) {
    return (labels == static_cast<int>(Structure::multifidus_right)) |
           (labels == static_cast<int>(Structure::multifidus_left));
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
        const cv::Mat mask = values == value;
        cleaned.setTo(value,
                      structure == Structure::vertebral_body
                          ? part_near(mask, multifidus_of(cleaned))
                          : largest_part(mask));
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
