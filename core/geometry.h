// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace paraspinal {

/// A point or direction in the patient coordinate system of DICOM PS3.3 C.7.6.2.1.1 (LPS):
/// x grows to the patient's left, y to the back, z to the head. Points in mm.
struct Vec3 {
    double x = 0;
    double y = 0;
    double z = 0;
    friend bool operator==(const Vec3&, const Vec3&) = default;
};

Vec3 operator+(const Vec3& a, const Vec3& b);
Vec3 operator-(const Vec3& a, const Vec3& b);
Vec3 operator*(double factor, const Vec3& v);
double dot(const Vec3& a, const Vec3& b);
Vec3 cross(const Vec3& a, const Vec3& b);
double length(const Vec3& v);
/// `v` scaled to length 1; the zero vector stays zero.
Vec3 normalized(const Vec3& v);

/// Angle between two lines (directions without sign), in degrees, [0, 90].
double line_angle_deg(const Vec3& a, const Vec3& b);

/// Distances between pixel centers in mm, in the order of DICOM PixelSpacing (0028,0030).
struct PixelSpacing {
    double row_mm = 0;  ///< Between neighboring rows (vertical).
    double col_mm = 0;  ///< Between neighboring columns (horizontal).
    friend bool operator==(const PixelSpacing&, const PixelSpacing&) = default;
};

/// Area of one pixel in mm2.
inline double pixel_area_mm2(const PixelSpacing& spacing) {
    return spacing.row_mm * spacing.col_mm;
}

/// Where an image lies in the patient: DICOM ImagePositionPatient (0020,0032) and
/// ImageOrientationPatient (0020,0037).
struct ImagePlane {
    Vec3 origin_mm;               ///< Center of the pixel in row 0, column 0.
    Vec3 along_columns{1, 0, 0};  ///< Unit direction in which the column index grows.
    Vec3 along_rows{0, 1, 0};     ///< Unit direction in which the row index grows.
    friend bool operator==(const ImagePlane&, const ImagePlane&) = default;
};

/// Unit normal of the plane, along_columns x along_rows.
Vec3 normal(const ImagePlane& plane);

/// Row and column of a place in an image; fractions lie between pixel centers.
struct PixelPosition {
    double row = 0;
    double col = 0;
};

/// Patient coordinates (mm) of a place in the image.
Vec3 patient_from_pixel(const ImagePlane& plane, const PixelSpacing& spacing, PixelPosition at);

/// How the rows and columns of a slice must be turned so that the image is shown by the
/// radiological convention: patient's right on the left side, anterior at the top.
/// Only whole-axis swaps and flips, so no pixel value changes; a slice that is oblique by less
/// than 45 degrees gets the nearest one.
struct DisplayOrientation {
    bool swap_axes = false;     ///< Rows become columns, before the flips.
    bool flip_rows = false;     ///< Upside down, after the swap.
    bool flip_columns = false;  ///< Left-right, after the swap.
    friend bool operator==(const DisplayOrientation&, const DisplayOrientation&) = default;
};

/// The orientation change that brings an axial `plane` into radiological display.
DisplayOrientation radiological_display(const ImagePlane& plane);

}  // namespace paraspinal
