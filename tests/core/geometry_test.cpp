// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/geometry.h"

#include <gtest/gtest.h>

#include <cmath>

namespace paraspinal {
namespace {

TEST(LineAngle, IgnoresTheSignOfDirections) {
    EXPECT_NEAR(line_angle_deg({0, 0, 1}, {0, 0, -2}), 0, 1e-12);
    EXPECT_NEAR(line_angle_deg({1, 0, 0}, {1, 1, 0}), 45, 1e-12);
    EXPECT_NEAR(line_angle_deg({1, 0, 0}, {0, 3, 0}), 90, 1e-12);
}

TEST(PatientFromPixel, StepsAlongTheAxesOfThePlane) {
    const ImagePlane plane{
        .origin_mm = {10, 20, 30}, .along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
    const Vec3 place =
        patient_from_pixel(plane, {.row_mm = 0.5, .col_mm = 2}, {.row = 4, .col = 3});
    EXPECT_EQ(place, (Vec3{10, 26, 28}));
}

TEST(Normal, CompletesARightHandedFrame) {
    EXPECT_EQ(normal(ImagePlane{}), (Vec3{0, 0, 1}));
}

TEST(RadiologicalDisplay, LeavesAStandardAxialSliceAlone) {
    EXPECT_EQ(radiological_display(ImagePlane{}), DisplayOrientation{});
}

TEST(RadiologicalDisplay, TurnsFlippedAndSwappedSlices) {
    const ImagePlane left_first{.along_columns = {-1, 0, 0}, .along_rows = {0, 1, 0}};
    EXPECT_EQ(radiological_display(left_first), (DisplayOrientation{.flip_columns = true}));
    const ImagePlane back_first{.along_columns = {1, 0, 0}, .along_rows = {0, -1, 0}};
    EXPECT_EQ(radiological_display(back_first), (DisplayOrientation{.flip_rows = true}));
    const ImagePlane swapped{.along_columns = {0, 1, 0}, .along_rows = {1, 0, 0}};
    EXPECT_EQ(radiological_display(swapped), (DisplayOrientation{.swap_axes = true}));
    const ImagePlane swapped_left{.along_columns = {0, 1, 0}, .along_rows = {-1, 0, 0}};
    EXPECT_EQ(radiological_display(swapped_left),
              (DisplayOrientation{.swap_axes = true, .flip_columns = true}));
}

TEST(RadiologicalDisplay, TakesTheNearestAxisOfObliqueSlices) {
    const double tilt = 20 * std::acos(-1) / 180;
    const ImagePlane oblique{.along_columns = {std::cos(tilt), std::sin(tilt), 0},
                             .along_rows = {-std::sin(tilt), std::cos(tilt), 0}};
    EXPECT_EQ(radiological_display(oblique), DisplayOrientation{});
}

}  // namespace
}  // namespace paraspinal
