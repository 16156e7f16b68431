// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/geometry.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paraspinal {

Vec3 operator+(const Vec3& a, const Vec3& b) {
    return {a.x + b.x, a.y + b.y, a.z + b.z};
}

Vec3 operator-(const Vec3& a, const Vec3& b) {
    return {a.x - b.x, a.y - b.y, a.z - b.z};
}

Vec3 operator*(double factor, const Vec3& v) {
    return {factor * v.x, factor * v.y, factor * v.z};
}

double dot(const Vec3& a, const Vec3& b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

Vec3 cross(const Vec3& a, const Vec3& b) {
    return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

double length(const Vec3& v) {
    return std::sqrt(dot(v, v));
}

Vec3 normalized(const Vec3& v) {
    const double norm = length(v);
    return norm > 0 ? (1 / norm) * v : v;
}

double line_angle_deg(const Vec3& a, const Vec3& b) {
    const double cosine = std::abs(dot(normalized(a), normalized(b)));
    return std::acos(std::clamp(cosine, 0.0, 1.0)) * 180 / std::numbers::pi;
}

Vec3 normal(const ImagePlane& plane) {
    return cross(plane.along_columns, plane.along_rows);
}

Vec3 patient_from_pixel(const ImagePlane& plane, const PixelSpacing& spacing, PixelPosition at) {
    return plane.origin_mm + (at.col * spacing.col_mm) * plane.along_columns +
           (at.row * spacing.row_mm) * plane.along_rows;
}

DisplayOrientation radiological_display(const ImagePlane& plane) {
    DisplayOrientation turn;
    turn.swap_axes = std::abs(plane.along_columns.x) < std::abs(plane.along_columns.y);
    const Vec3& rightwards = turn.swap_axes ? plane.along_rows : plane.along_columns;
    const Vec3& downwards = turn.swap_axes ? plane.along_columns : plane.along_rows;
    turn.flip_columns = rightwards.x < 0;
    turn.flip_rows = downwards.y < 0;
    return turn;
}

}  // namespace paraspinal
