// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/plane.h"

#include <gtest/gtest.h>

#include <limits>

namespace paraspinal {
namespace {

TEST(Plane, MeasuresPointToPlaneWithSign) {
    const Plane plane{.point_mm = {5, -3, 10}, .normal = normalized({0, 3, 4})};
    EXPECT_DOUBLE_EQ(signed_distance_mm(plane, {5, -3, 20}), 8);
    EXPECT_DOUBLE_EQ(signed_distance_mm(plane, {99, -8, 10}), -3);
}

TEST(Plane, OfAnImageLooksUpHoweverTheImageIsStored) {
    const ImagePlane axial{.origin_mm = {1, 2, 3}};
    const ImagePlane mirrored{.origin_mm = {1, 2, 3}, .along_columns = {-1, 0, 0}};
    EXPECT_EQ(plane_of(axial, {0, 0.2, 0.9}).normal, (Vec3{0, 0, 1}));
    EXPECT_EQ(plane_of(mirrored, {0, 0.2, 0.9}).normal, (Vec3{0, 0, 1}));
}

TEST(Plane, FindsThePixelOfAPlaceAlsoFromBesideTheImage) {
    const ImagePlane oblique{.origin_mm = {-40, 20, 300},
                             .along_columns = normalized({0, 4, -3}),
                             .along_rows = normalized({0, -3, -4})};
    const PixelSpacing spacing{.row_mm = 0.8, .col_mm = 0.5};
    const Vec3 place = patient_from_pixel(oblique, spacing, {.row = 12.25, .col = 7.5});
    const PixelPosition back = pixel_from_patient(oblique, spacing, place + 6.0 * normal(oblique));
    EXPECT_NEAR(back.row, 12.25, 1e-12);
    EXPECT_NEAR(back.col, 7.5, 1e-12);
}

TEST(Plane, TakesTheLowerOfTwoNeighborsInBetweenInSpiteOfRounding) {
    EXPECT_EQ(nearest_index(1.5, 3), 1);
    EXPECT_EQ(nearest_index(1.5 + 1e-4, 3), 1);
    EXPECT_EQ(nearest_index(1.51, 3), 2);
    EXPECT_EQ(nearest_index(-0.49, 3), 0);
    EXPECT_EQ(nearest_index(2.49, 3), 2);
    EXPECT_EQ(nearest_index(-0.51, 3), std::nullopt);
    EXPECT_EQ(nearest_index(2.51, 3), std::nullopt);
    EXPECT_EQ(nearest_index(std::numeric_limits<double>::quiet_NaN(), 3), std::nullopt);
}

TEST(Plane, HoldsImagesThatAreOffByRoundingAlone) {
    const ImageFrame image{.plane = {.origin_mm = {-40, 20, 300}},
                           .spacing = {.row_mm = 1, .col_mm = 1},
                           .size = {.rows = 101, .cols = 101}};
    ImagePlane other = image.plane;
    other.origin_mm = {500, 20, 300.19};
    EXPECT_TRUE(lies_in_plane(image, other));
    other.origin_mm.z = 299.79;
    EXPECT_FALSE(lies_in_plane(image, other));
    other = image.plane;
    other.along_columns = -1 * other.along_columns;  // Seen from the other side.
    EXPECT_TRUE(lies_in_plane(image, other));
    other.along_rows = normalized({0, 1, 0.003});  // 0.3 mm off at the far corners.
    EXPECT_FALSE(lies_in_plane(image, other));
}

TEST(Plane, ShowsSagittalImagesHeadUpAndFrontToTheLeft) {
    const Vec3 back{0, 1, 0};
    const Vec3 down{0, 0, -1};
    for (const Vec3& columns : {back, -1.0 * back}) {
        for (const Vec3& rows : {down, -1.0 * down}) {
            for (const bool is_swapped : {false, true}) {
                const ImageFrame frame{.plane = {.origin_mm = {4, 5, 6},
                                                 .along_columns = is_swapped ? rows : columns,
                                                 .along_rows = is_swapped ? columns : rows},
                                       .spacing = {.row_mm = 0.8, .col_mm = 0.5},
                                       .size = {.rows = 30, .cols = 20}};
                const ImageFrame shown = turned(frame, sagittal_display(frame.plane));
                EXPECT_EQ(shown.plane.along_columns, back);
                EXPECT_EQ(shown.plane.along_rows, down);
                // The middle of the image stays where it is in the patient.
                const Vec3 before =
                    patient_from_pixel(frame.plane, frame.spacing, {.row = 14.5, .col = 9.5});
                const Vec3 after = patient_from_pixel(
                    shown.plane,
                    shown.spacing,
                    {.row = (shown.size.rows - 1) / 2.0, .col = (shown.size.cols - 1) / 2.0});
                EXPECT_NEAR(length(after - before), 0, 1e-12);
            }
        }
    }
}

// An axial image, 100 mm wide and 60 mm deep, tilted by 3:4 about the left-right axis.
ImageFrame tilted_axial() {
    return {.plane = {.origin_mm = {0, 0, 10}, .along_rows = {0, 0.8, -0.6}},
            .spacing = {.row_mm = 2, .col_mm = 1},
            .size = {.rows = 31, .cols = 101}};
}

TEST(Plane, CutsTheFieldOfViewOfAnImageWithAnother) {
    const ImagePlane sagittal{
        .origin_mm = {40, -200, 300}, .along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
    const auto line = crossing(tilted_axial(), sagittal);
    ASSERT_TRUE(line);
    const bool is_forward = line->from_mm.y < line->to_mm.y;
    const Vec3 front = is_forward ? line->from_mm : line->to_mm;
    const Vec3 back = is_forward ? line->to_mm : line->from_mm;
    EXPECT_NEAR(length(front - Vec3{40, 0, 10}), 0, 1e-9);
    EXPECT_NEAR(length(back - Vec3{40, 48, -26}), 0, 1e-9);
}

TEST(Plane, CutsNothingBesideTheImageOrAlongIt) {
    ImagePlane beside{
        .origin_mm = {101, 0, 0}, .along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
    EXPECT_FALSE(crossing(tilted_axial(), beside));
    EXPECT_FALSE(crossing(tilted_axial(), tilted_axial().plane));
}

}  // namespace
}  // namespace paraspinal
