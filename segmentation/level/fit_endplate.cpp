// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/fit_endplate.h"

#include "core/quantile.h"
#include "segmentation/level/body_border_internal.h"
#include "segmentation/level/median_line.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace paraspinal {
namespace {

// Of the body, and the slope of the endplate across the stack when it lies square to the spine.
struct Frame : BodyFrame {
    double expected_slope = 0;
};

Frame frame_of(const BodyPlace& body, const ImagePlane& slice) {
    Frame frame{body_frame(body, slice)};
    frame.expected_slope = -dot(body.up, frame.across) / dot(body.up, frame.up);
    return frame;
}

// The middle part of the border in one slice.
std::vector<BorderPoint> border_in(const ImageSlice& slice,
                                   double height_mm,
                                   const Frame& frame,
                                   double central_share) {
    std::vector<BorderPoint> border;
    const double across_mm = dot(slice.plane.origin_mm - frame.center_mm, frame.across);
    for (int along_mm = -kBodyReachMm; along_mm <= kBodyReachMm; ++along_mm) {
        const BorderPoint start{.across_mm = across_mm, .along_mm = 1.0 * along_mm};
        if (const auto point =
                border_from(slice, frame, start, -(height_mm / 2 + kPastEndplateMm))) {
            border.push_back(*point);
        }
    }
    if (border.empty() || border.back().along_mm - border.front().along_mm < kMinBorderMm) {
        return {};
    }
    const double middle_mm = (border.front().along_mm + border.back().along_mm) / 2;
    const double half_mm = central_share * (border.back().along_mm - border.front().along_mm) / 2;
    std::erase_if(border, [&](const BorderPoint& point) {
        return std::abs(point.along_mm - middle_mm) > half_mm;
    });
    return border;
}

// up = height + slope_across * across + slope_along * along.
struct Surface {
    Eigen::Vector3d coefficients = Eigen::Vector3d::Zero();
    [[nodiscard]] double at(double across_mm, double along_mm) const {
        return coefficients.dot(Eigen::Vector3d(1, across_mm, along_mm));
    }
    [[nodiscard]] double residual(const BorderPoint& point) const {
        return point.up_mm - at(point.across_mm, point.along_mm);
    }
};

Surface weighted_fit(const std::vector<BorderPoint>& points,
                     const std::vector<double>& weights,
                     double expected_slope,
                     double tilt_penalty) {
    Eigen::Matrix3d normal_matrix = Eigen::Matrix3d::Zero();
    Eigen::Vector3d right_side = Eigen::Vector3d::Zero();
    for (std::size_t i = 0; i < points.size(); ++i) {
        const Eigen::Vector3d row(1, points[i].across_mm, points[i].along_mm);
        normal_matrix += weights[i] * row * row.transpose();
        right_side += weights[i] * points[i].up_mm * row;
    }
    normal_matrix(1, 1) += tilt_penalty;
    right_side(1) += tilt_penalty * expected_slope;
    return {.coefficients = normal_matrix.ldlt().solve(right_side)};
}

std::vector<double> biweights(const std::vector<BorderPoint>& points, const Surface& surface) {
    constexpr double kTukey = 4.685;  // 95 % efficient for normal errors.
    constexpr double kDeviationOfMad = 1.4826;
    constexpr double kLeastDeviationMm = 0.1;  // Perfect phantoms must not divide by zero.
    std::vector<double> size;
    size.reserve(points.size());
    for (const BorderPoint& point : points) {
        size.push_back(std::abs(surface.residual(point)));
    }
    const double deviation_mm = std::max(kLeastDeviationMm, kDeviationOfMad * quantile(size, 0.5));
    std::vector<double> weights;
    weights.reserve(size.size());
    for (const double residual_mm : size) {
        const double share = residual_mm / (kTukey * deviation_mm);
        weights.push_back(share < 1 ? (1 - share * share) * (1 - share * share) : 0);
    }
    return weights;
}

// From a line in each slice: a slice that is off does not matter, nor does a spur in all of them.
Surface robust_start(const std::vector<std::vector<BorderPoint>>& borders) {
    std::vector<std::pair<double, double>> heights;
    std::vector<double> slopes;
    for (const std::vector<BorderPoint>& border : borders) {
        std::vector<std::pair<double, double>> points;
        points.reserve(border.size());
        for (const BorderPoint& point : border) {
            points.emplace_back(point.along_mm, point.up_mm);
        }
        const Line line = median_line(points);
        slopes.push_back(line.slope);
        heights.emplace_back(border.front().across_mm, line.height);
    }
    const Line across = median_line(heights);
    return {.coefficients = {across.height, across.slope, quantile(slopes, 0.5)}};
}

Surface robust_fit(const std::vector<std::vector<BorderPoint>>& borders,
                   const std::vector<BorderPoint>& points,
                   double expected_slope,
                   const EndplateOptions& options) {
    constexpr int kRounds = 10;
    const double spread = std::tan(options.expected_tilt_deg * std::numbers::pi / 180);
    const double ratio = options.border_accuracy_mm / spread;
    // The points of one slice share its error, so that a slice counts as one observation.
    const double points_per_slice =
        static_cast<double>(points.size()) / static_cast<double>(borders.size());
    Surface surface = robust_start(borders);
    for (int round = 0; round < kRounds; ++round) {
        surface = weighted_fit(
            points, biweights(points, surface), expected_slope, points_per_slice * ratio * ratio);
    }
    return surface;
}

// The middle of the lower half of a body from front to back, median over heights and slices: at
// the rim alone spurs would draw it to the front, at the waist it lies too far to the back.
double middle_along_mm(const std::vector<ImageSlice>& slices,
                       const Surface& surface,
                       const Frame& frame) {
    std::vector<double> middles;
    for (const ImageSlice& slice : slices) {
        const double across_mm = dot(slice.plane.origin_mm - frame.center_mm, frame.across);
        const auto is_body = [&](double along_mm, double above_mm) {
            const double up_mm = surface.at(across_mm, along_mm) + above_mm;
            return body_at(slice,
                           frame,
                           {.across_mm = across_mm, .along_mm = along_mm, .up_mm = up_mm}) >=
                   kBodyBorder;
        };
        for (const double above_mm : {3.0, 6.0, 9.0, 12.0}) {
            double front_mm = 0;
            double back_mm = 0;
            while (front_mm > -kBodyReachMm && is_body(front_mm, above_mm)) {
                front_mm -= kBorderStepMm;
            }
            while (back_mm < kBodyReachMm && is_body(back_mm, above_mm)) {
                back_mm += kBorderStepMm;
            }
            if (back_mm - front_mm >= kMinBorderMm) {
                middles.push_back((front_mm + back_mm) / 2);
            }
        }
    }
    return middles.empty() ? 0 : quantile(middles, 0.5);
}

Endplate endplate_of(const std::vector<BorderPoint>& points,
                     const Surface& surface,
                     const Frame& frame,
                     double along_mm) {
    const Eigen::Vector3d& c = surface.coefficients;
    double sum_of_squares = 0;
    for (const BorderPoint& point : points) {
        sum_of_squares += surface.residual(point) * surface.residual(point);
    }
    return {.plane = {.point_mm = frame.center_mm + along_mm * frame.along +
                                  surface.at(0, along_mm) * frame.up,
                      .normal = normalized(frame.up - c[1] * frame.across - c[2] * frame.along)},
            .residual_mm = std::sqrt(sum_of_squares / static_cast<double>(points.size())),
            .border_points = static_cast<int>(points.size())};
}

std::optional<Endplate> fit_along(const std::vector<ImageSlice>& body_probability,
                                  const Frame& frame,
                                  double height_mm,
                                  const EndplateOptions& options) {
    std::vector<std::vector<BorderPoint>> borders;
    std::vector<BorderPoint> points;
    for (const ImageSlice& slice : body_probability) {
        borders.push_back(border_in(slice, height_mm, frame, options.central_share));
        points.insert(points.end(), borders.back().begin(), borders.back().end());
        if (borders.back().empty()) {
            borders.pop_back();
        }
    }
    if (borders.empty()) {
        return std::nullopt;
    }
    const Surface surface = robust_fit(borders, points, frame.expected_slope, options);
    Endplate endplate =
        endplate_of(points, surface, frame, middle_along_mm(body_probability, surface, frame));
    endplate.slices = static_cast<int>(borders.size());
    return endplate;
}

}  // namespace

std::optional<Endplate> fit_inferior_endplate(const std::vector<ImageSlice>& body_probability,
                                              const BodyPlace& body,
                                              const EndplateOptions& options) {
    if (body_probability.empty()) {
        return std::nullopt;
    }
    const ImagePlane& plane = body_probability.front().plane;
    const Frame frame = frame_of(body, plane);
    const std::optional<Endplate> first =
        fit_along(body_probability, frame, body.height_mm, options);
    if (!first) {
        return std::nullopt;
    }
    // A body lies askew to the spine. Down its own axis, its corners end where its endplate does.
    BodyPlace askew = body;
    askew.up = first->plane.normal;
    Frame turned = frame_of(askew, plane);
    turned.expected_slope = frame.expected_slope;
    const std::optional<Endplate> second =
        fit_along(body_probability, turned, body.height_mm, options);
    return second ? second : first;
}

}  // namespace paraspinal
