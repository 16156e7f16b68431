// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"

#include <optional>

namespace paraspinal {

/// A plane in the patient that has two sides: the normal points to the upper one.
struct Plane {
    Vec3 point_mm;         ///< Some point of the plane.
    Vec3 normal{0, 0, 1};  ///< Unit length.
    friend bool operator==(const Plane&, const Plane&) = default;
};

/// Distance of a point from the plane in mm, positive on the side that the normal points to.
double signed_distance_mm(const Plane& plane, const Vec3& point_mm);

/// The plane of an image, its normal turned so that it points with `up` and not against it.
Plane plane_of(const ImagePlane& image, const Vec3& up);

/// Row and column of the place in the image that lies nearest to a point of the patient: the
/// inverse of `patient_from_pixel` for points in the plane. May lie outside of the image.
PixelPosition pixel_from_patient(const ImagePlane& plane,
                                 const PixelSpacing& spacing,
                                 const Vec3& point_mm);

/// The orientation change that brings a sagittal `plane` into the usual display: head at the top,
/// the front of the patient on the left side.
DisplayOrientation sagittal_display(const ImagePlane& plane);

/// An image's place, pixel spacing and size.
struct ImageFrame {
    ImagePlane plane;
    PixelSpacing spacing;
    ImageSize size;
};

/// Which of `count` neighbors a position, counted in their distances from the first, belongs to;
/// exactly between two it is the lower one, also when rounding has moved it by up to 1e-3, so that
/// a grid twice as fine is read evenly. nullopt beyond the first and the last by more than a half.
std::optional<int> nearest_index(double position, int count);

/// The pixel whose box holds the place, seen along the normal of the image; nullopt outside of it.
std::optional<PixelIndex> nearest_pixel(const ImageFrame& frame, const Vec3& point_mm);

/// An image may lie this far from the plane of another and still be in it: rounding of headers,
/// well below the thinnest slices.
inline constexpr double kSamePlaneMm = 0.2;

/// True when all four corners of `image` lie within kSamePlaneMm of the other plane.
bool lies_in_plane(const ImageFrame& image, const ImagePlane& other);

/// The frame of an image after an orientation change of its pixels.
ImageFrame turned(const ImageFrame& frame, const DisplayOrientation& turn);

/// Two places in the patient, in mm.
struct LineSegment {
    Vec3 from_mm;
    Vec3 to_mm;
};

/// Where the field of view of `image` cuts the plane of another image; nullopt when it does not, or
/// when the two are parallel.
std::optional<LineSegment> crossing(const ImageFrame& image, const ImagePlane& other);

}  // namespace paraspinal
