// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/clean_outlines.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace paraspinal {
namespace {

constexpr int kSideNeighbors = 4;
constexpr int kAllNeighbors = 8;
/// A part with this share of the largest part's area may be the vertebral body instead of it. Ours:
/// pieces of a body that a dark disc cuts off are smaller.
constexpr double kBodyRivalShare = 0.5;
/// The same for a psoas: bowel that is taken for it may be larger than what is found of it. Of 0.1
/// to 1 it did best on patients, and a hospital, new to the networks of model 0.4.0
/// (scripts/train/outline/psoas_pieces.py; docs/outline_scores.md).
constexpr double kPsoasRivalShare = 0.2;

// Masks are 0 and 255, as OpenCV's comparisons make them.

// Where a structure must lie, and the share of the largest part's area from which a part counts.
struct Expected {
    cv::Point2d near;
    double rival_share;
};

// The part of `mask` that stays: the largest, of equal ones the first by rows, so that the result
// is fixed. With `expected`, of the parts that count the one nearest to that point.
cv::Mat kept_part(const cv::Mat& mask, const std::optional<Expected>& expected) {
    cv::Mat_<int> parts;
    cv::Mat_<int> statistics;
    cv::Mat_<double> centers;
    const int count =
        cv::connectedComponentsWithStats(mask, parts, statistics, centers, kSideNeighbors);
    const auto area = [&](int part) { return statistics(part, cv::CC_STAT_AREA); };
    int kept = 0;
    for (int part = 1; part < count; ++part) {
        kept = kept == 0 || area(part) > area(kept) ? part : kept;
    }
    if (expected) {
        const auto distance = [&](int part) {
            return cv::norm(cv::Point2d(centers(part, 0), centers(part, 1)) - expected->near);
        };
        const double least_area = expected->rival_share * area(kept);
        for (int part = 1; part < count; ++part) {
            kept = area(part) >= least_area && distance(part) < distance(kept) ? part : kept;
        }
    }
    return kept == 0 ? mask : cv::Mat(parts == kept);
}

// Near the middle of what `mask` marks, if anything.
std::optional<Expected> expected_near(const cv::Mat& mask, double rival_share) {
    const cv::Moments moments = cv::moments(mask, true);
    if (moments.m00 == 0) {
        return std::nullopt;
    }
    return Expected{.near = {moments.m10 / moments.m00, moments.m01 / moments.m00},
                    .rival_share = rival_share};
}

// Where `structure` must lie by what is already in `cleaned`: structures come in the order
// multifidus, erector spinae, body, psoas. In narrow images the air in front of the belly was once
// taken for a body, as large as the true one; bowel for a psoas.
std::optional<Expected> expected_place(Structure structure, const cv::Mat& cleaned) {
    const auto is = [&](Structure other) { return cv::Mat(cleaned == static_cast<int>(other)); };
    switch (structure) {
        case Structure::vertebral_body:
            return expected_near(is(Structure::multifidus_right) | is(Structure::multifidus_left),
                                 kBodyRivalShare);
        case Structure::psoas_right:
        case Structure::psoas_left:
            return expected_near(is(Structure::vertebral_body), kPsoasRivalShare);
        default: return std::nullopt;
    }
}

// What is outside `mask` and not connected to the border of the image.
cv::Mat holes(const cv::Mat& mask) {
    cv::Mat framed;
    cv::copyMakeBorder(mask, framed, 1, 1, 1, 1, cv::BORDER_CONSTANT, 0);
    constexpr int kOutside = 1;
    cv::floodFill(framed, cv::Point(0, 0), kOutside, nullptr, 0, 0, kAllNeighbors);
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
        cleaned.setTo(value, kept_part(values == value, expected_place(structure, cleaned)));
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
