// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/clean_outlines.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace paraspinal {
namespace {

constexpr int kSideNeighbours = 4;
constexpr int kAllNeighbours = 8;
/// A part with this share of the largest part's area may be the vertebral body instead of it. Ours:
/// pieces of a body that a dark disc cuts off are smaller.
constexpr double kRivalShare = 0.5;

// Masks are 0 and 255, as OpenCV's comparisons make them.

// The part of `mask` that stays: the largest, of equal ones the first by rows, so that the result
// is fixed. With `near`, of the parts that are not much smaller the one nearest to that point.
cv::Mat kept_part(const cv::Mat& mask, std::optional<cv::Point2d> near) {
    cv::Mat_<int> parts;
    cv::Mat_<int> statistics;
    cv::Mat_<double> centres;
    const int count =
        cv::connectedComponentsWithStats(mask, parts, statistics, centres, kSideNeighbours);
    const auto area = [&](int part) { return statistics(part, cv::CC_STAT_AREA); };
    int kept = 0;
    for (int part = 1; part < count; ++part) {
        kept = kept == 0 || area(part) > area(kept) ? part : kept;
    }
    if (near) {
        const auto distance = [&](int part) {
            return cv::norm(cv::Point2d(centres(part, 0), centres(part, 1)) - *near);
        };
        const double least_area = kRivalShare * area(kept);
        for (int part = 1; part < count; ++part) {
            kept = area(part) >= least_area && distance(part) < distance(kept) ? part : kept;
        }
    }
    return kept == 0 ? mask : cv::Mat(parts == kept);
}

// The middle of multifidus of both sides, which come before the vertebral body in label order. In
// narrow images the air in front of the belly was once taken for a body, as large as the true one.
std::optional<cv::Point2d> multifidus_middle(const cv::Mat& labels) {
    const cv::Mat multifidus = (labels == static_cast<int>(Structure::multifidus_right)) |
                               (labels == static_cast<int>(Structure::multifidus_left));
    const cv::Moments moments = cv::moments(multifidus, true);
    if (moments.m00 == 0) {
        return std::nullopt;
    }
    return cv::Point2d(moments.m10 / moments.m00, moments.m01 / moments.m00);
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
        const auto near =
            structure == Structure::vertebral_body ? multifidus_middle(cleaned) : std::nullopt;
        cleaned.setTo(value, kept_part(values == value, near));
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
