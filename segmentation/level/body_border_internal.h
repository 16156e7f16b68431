// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/plane.h"
#include "core/slice.h"
#include "segmentation/level/fit_endplate.h"

#include <optional>

namespace paraspinal {

/// Half the depth of the largest lumbar bodies, with some room for those that lie askew.
inline constexpr int kBodyReachMm = 26;
/// A body in the next slice may be shifted, and a wedge is lower at its front: a path to an
/// endplate ends where the next vertebra could begin.
inline constexpr double kPastEndplateMm = 8;
/// Less depth of a body than this is none.
inline constexpr double kMinBorderMm = 12;
/// A body ends where its probability falls through this.
inline constexpr double kBodyBorder = 0.5;
inline constexpr double kBorderStepMm = 0.25;

/// Right-handed directions at a body: along the stack, in the slice to the front or back, up.
struct BodyFrame {
    Vec3 center_mm;
    Vec3 across;
    Vec3 along;
    Vec3 up;
};

BodyFrame body_frame(const BodyPlace& body, const ImagePlane& slice);

/// A place: distances from the center of the body along the directions of its frame.
struct BorderPoint {
    double across_mm = 0;
    double along_mm = 0;
    double up_mm = 0;
};

/// Linear interpolation between pixel centers; 0 outside of the image.
double value_at(const Image<float>& image, PixelPosition at);

Vec3 place_mm(const BodyFrame& frame, const BorderPoint& point);

/// The probability of body at a place, between pixel centers; 0 outside of the image.
double body_at(const ImageSlice& slice, const BodyFrame& frame, const BorderPoint& point);

/// The border above `start`, or below it where `way_mm` is negative, at most `way_mm` away, if
/// there is body at `start`.
std::optional<BorderPoint> border_from(const ImageSlice& slice,
                                       const BodyFrame& frame,
                                       BorderPoint start,
                                       double way_mm);

}  // namespace paraspinal
