// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace paraspinal {

double signed_distance_mm(const Plane& plane, const Vec3& point_mm) {
    return dot(point_mm - plane.point_mm, plane.normal);
}

Plane plane_of(const ImagePlane& image, const Vec3& up) {
    const Vec3 across = normal(image);
    return {.point_mm = image.origin_mm, .normal = dot(across, up) < 0 ? -1.0 * across : across};
}

PixelPosition pixel_from_patient(const ImagePlane& plane,
                                 const PixelSpacing& spacing,
                                 const Vec3& point_mm) {
    const Vec3 from_origin = point_mm - plane.origin_mm;
    return {.row = dot(from_origin, plane.along_rows) / spacing.row_mm,
            .col = dot(from_origin, plane.along_columns) / spacing.col_mm};
}

DisplayOrientation sagittal_display(const ImagePlane& plane) {
    DisplayOrientation turn;
    turn.swap_axes = std::abs(plane.along_columns.z) > std::abs(plane.along_rows.z);
    const Vec3& rightwards = turn.swap_axes ? plane.along_rows : plane.along_columns;
    const Vec3& downwards = turn.swap_axes ? plane.along_columns : plane.along_rows;
    turn.flip_columns = rightwards.y < 0;
    turn.flip_rows = downwards.z > 0;
    return turn;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a place and a count.
std::optional<int> nearest_index(double position, int count) {
    constexpr double kRounding = 1e-3;
    const double whole = std::ceil(position - 0.5 - kRounding);
    return whole >= 0 && whole < count ? std::optional(static_cast<int>(whole)) : std::nullopt;
}

std::optional<PixelIndex> nearest_pixel(const ImageFrame& frame, const Vec3& point_mm) {
    const PixelPosition at = pixel_from_patient(frame.plane, frame.spacing, point_mm);
    const std::optional<int> row = nearest_index(at.row, frame.size.rows);
    const std::optional<int> col = nearest_index(at.col, frame.size.cols);
    return row && col ? std::optional(PixelIndex{.row = *row, .col = *col}) : std::nullopt;
}

bool lies_in_plane(const ImageFrame& image, const ImagePlane& other) {
    const Plane plane{.point_mm = other.origin_mm, .normal = normal(other)};
    const double last_row = image.size.rows - 1.0;
    const double last_col = image.size.cols - 1.0;
    const std::array<PixelPosition, 4> corners{
        {{0, 0}, {0, last_col}, {last_row, 0}, {last_row, last_col}}};
    return std::ranges::all_of(corners, [&](const PixelPosition& corner) {
        const Vec3 point_mm = patient_from_pixel(image.plane, image.spacing, corner);
        return std::abs(signed_distance_mm(plane, point_mm)) <= kSamePlaneMm;
    });
}

ImageFrame turned(const ImageFrame& frame, const DisplayOrientation& turn) {
    ImageFrame shown = frame;
    if (turn.swap_axes) {
        std::swap(shown.plane.along_columns, shown.plane.along_rows);
        std::swap(shown.spacing.row_mm, shown.spacing.col_mm);
        std::swap(shown.size.rows, shown.size.cols);
    }
    PixelPosition corner;
    if (turn.flip_rows) {
        corner.row = shown.size.rows - 1;
    }
    if (turn.flip_columns) {
        corner.col = shown.size.cols - 1;
    }
    shown.plane.origin_mm = patient_from_pixel(shown.plane, shown.spacing, corner);
    if (turn.flip_rows) {
        shown.plane.along_rows = -1.0 * shown.plane.along_rows;
    }
    if (turn.flip_columns) {
        shown.plane.along_columns = -1.0 * shown.plane.along_columns;
    }
    return shown;
}

std::optional<LineSegment> crossing(const ImageFrame& image, const ImagePlane& other) {
    constexpr double kParallel = 1e-6;
    const Vec3 along = cross(normal(image.plane), normal(other));
    if (length(along) < kParallel) {
        return std::nullopt;
    }
    const Vec3 direction = normalized(along);
    const Vec3 toward = cross(direction, normal(image.plane));
    const double distance_mm =
        dot(other.origin_mm - image.plane.origin_mm, normal(other)) / dot(toward, normal(other));
    const Vec3 start = image.plane.origin_mm + distance_mm * toward;
    // The line as row and column = first + t * step, cut at the border of each.
    const PixelPosition first = pixel_from_patient(image.plane, image.spacing, start);
    const PixelPosition next = pixel_from_patient(image.plane, image.spacing, start + direction);
    double enters = std::numeric_limits<double>::lowest();
    double leaves = std::numeric_limits<double>::max();
    const auto cut = [&](double place, double step, double last) {
        if (std::abs(step) < kParallel) {
            enters = place < 0 || place > last ? leaves : enters;
            return;
        }
        const auto [low, high] = std::minmax({-place / step, (last - place) / step});
        enters = std::max(enters, low);
        leaves = std::min(leaves, high);
    };
    cut(first.row, next.row - first.row, image.size.rows - 1);
    cut(first.col, next.col - first.col, image.size.cols - 1);
    if (enters >= leaves) {
        return std::nullopt;
    }
    return LineSegment{.from_mm = start + enters * direction, .to_mm = start + leaves * direction};
}

}  // namespace paraspinal
