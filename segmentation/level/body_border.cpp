// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/body_border_internal.h"

#include <cmath>

namespace paraspinal {

double value_at(const Image<float>& image, PixelPosition at) {
    const int row = static_cast<int>(std::floor(at.row));
    const int col = static_cast<int>(std::floor(at.col));
    if (!image.contains({row, col}) || !image.contains({row + 1, col + 1})) {
        return 0;
    }
    const double down = at.row - row;
    const double right = at.col - col;
    const double upper = (1 - right) * image[{row, col}] + right * image[{row, col + 1}];
    const double lower = (1 - right) * image[{row + 1, col}] + right * image[{row + 1, col + 1}];
    return (1 - down) * upper + down * lower;
}

BodyFrame body_frame(const BodyPlace& body, const ImagePlane& slice) {
    const Vec3 across = normal(slice);
    const Vec3 up = normalized(body.up - dot(body.up, across) * across);
    return {.center_mm = body.center_mm, .across = across, .along = cross(across, up), .up = up};
}

Vec3 place_mm(const BodyFrame& frame, const BorderPoint& point) {
    return frame.center_mm + point.across_mm * frame.across + point.along_mm * frame.along +
           point.up_mm * frame.up;
}

double body_at(const ImageSlice& slice, const BodyFrame& frame, const BorderPoint& point) {
    return value_at(slice.intensity,
                    pixel_from_patient(slice.plane, slice.spacing, place_mm(frame, point)));
}

std::optional<BorderPoint> border_from(const ImageSlice& slice,
                                       const BodyFrame& frame,
                                       BorderPoint start,
                                       double way_mm) {
    const double step_mm = std::copysign(kBorderStepMm, way_mm);
    double inside = body_at(slice, frame, start);
    if (inside < kBodyBorder) {
        return std::nullopt;
    }
    const int steps = static_cast<int>(way_mm / step_mm);
    BorderPoint point = start;
    for (int step = 1; step < steps; ++step) {
        point.up_mm = start.up_mm + step * step_mm;
        const double outside = body_at(slice, frame, point);
        if (outside < kBodyBorder) {
            point.up_mm -= step_mm * (kBodyBorder - outside) / (inside - outside);
            return point;
        }
        inside = outside;
    }
    return std::nullopt;
}

}  // namespace paraspinal
