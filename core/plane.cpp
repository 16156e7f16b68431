// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/plane.h"

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

}  // namespace paraspinal
