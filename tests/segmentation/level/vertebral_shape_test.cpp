// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/vertebral_shape.h"

#include "segmentation/level/vertebra_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paraspinal {
namespace {

// A body 34 mm deep whose endplates bend so that it has these heights at its front, middle, back.
struct Body {
    double front_mm = 27;
    double middle_mm = 27;
    double back_mm = 27;
    double tilt_deg = 0;  // Of its front, downward.
    double depth_mm = 34;
    Vec3 center_mm{3, 20, -140};
    double more_above_mm = 0;  // Of whatever runs together with it.

    // At `place`, -1 the front and 1 the back.
    [[nodiscard]] double height_mm(double place) const {
        return middle_mm + place * (back_mm - front_mm) / 2 +
               place * place * ((front_mm + back_mm) / 2 - middle_mm);
    }
    // How far inside the outline, in mm.
    [[nodiscard]] double inside_mm(const Vec3& point) const {
        const double angle = tilt_deg * std::numbers::pi / 180;
        const Vec3 up{0, -std::sin(angle), std::cos(angle)};
        const Vec3 back{0, std::cos(angle), std::sin(angle)};
        const Vec3 offset = point - center_mm;
        const double along = dot(offset, back);
        const double above = dot(offset, up);
        const double half = height_mm(std::clamp(2 * along / depth_mm, -1.0, 1.0)) / 2;
        return std::min(
            {depth_mm / 2 - std::abs(along), half + more_above_mm - above, half + above});
    }
    [[nodiscard]] BodyPlace place() const { return {.center_mm = center_mm, .height_mm = 27}; }
};

struct Stack {
    std::vector<double> slices_mm{-4, 0, 4, 8};
    PixelSpacing spacing{.row_mm = 1.5, .col_mm = 1.5};
    ImageSize size{.rows = 80, .cols = 80};
    bool is_flipped = false;  // Stored from back to front.
};

// What an ideal network sees: a probability that falls over one and a half millimeters.
std::vector<ImageSlice> slices_of(const Body& body, const Stack& stack) {
    const double direction = stack.is_flipped ? -1 : 1;
    const Vec3 middle{0, 20, -140};
    std::vector<ImageSlice> slices;
    for (const double x_mm : stack.slices_mm) {
        ImageSlice slice{
            .intensity = Image<float>(stack.size),
            .spacing = stack.spacing,
            .plane = {
                .origin_mm = {x_mm,
                              middle.y - direction * stack.spacing.col_mm * stack.size.cols / 2,
                              middle.z + stack.spacing.row_mm * stack.size.rows / 2},
                .along_columns = {0, direction, 0},
                .along_rows = {0, 0, -1}}};
        for (int row = 0; row < stack.size.rows; ++row) {
            for (int col = 0; col < stack.size.cols; ++col) {
                const Vec3 place = patient_from_pixel(
                    slice.plane, slice.spacing, {.row = 1.0 * row, .col = 1.0 * col});
                slice.intensity[{row, col}] =
                    static_cast<float>(std::clamp(0.5 + body.inside_mm(place) / 1.5, 0.0, 1.0));
            }
        }
        slices.push_back(std::move(slice));
    }
    return slices;
}

ImageFrame frame_of(const ImageSlice& slice) {
    return {.plane = slice.plane, .spacing = slice.spacing, .size = slice.intensity.size()};
}

VertebralShape measured(const Body& body, const Stack& stack = {}) {
    const std::vector<ImageSlice> slices = slices_of(body, stack);
    return measure_shape(slices, body.place(), frame_of(slices.front()));
}

void expect_heights(const VertebralShape& shape, const Body& body, double tolerance_mm = 0.35) {
    ASSERT_FALSE(shape.doubt) << shape_doubt_name(*shape.doubt);
    const double corner = 1 - 2 * ShapeOptions{}.corner_share;
    EXPECT_NEAR(shape.lines[kAnterior].height_mm(), body.height_mm(-corner), tolerance_mm);
    EXPECT_NEAR(shape.lines[kMiddle].height_mm(), body.height_mm(0), tolerance_mm);
    EXPECT_NEAR(shape.lines[kPosterior].height_mm(), body.height_mm(corner), tolerance_mm);
    EXPECT_NEAR(shape.depth_mm, body.depth_mm, 1);
    EXPECT_LT(shape.lines[kAnterior].upper_mm.y, shape.lines[kPosterior].upper_mm.y);
}

TEST(VertebralShape, MeasuresABox) {
    const VertebralShape shape = measured({});
    expect_heights(shape, {});
    EXPECT_EQ(shape.slices, 3) << "the others lie too far from the middle";
    EXPECT_LT(shape.spread_mm, 0.1);
}

TEST(VertebralShape, MeasuresWedges) {
    for (const double front_mm : {13.5, 18.0, 22.0}) {
        const Body wedge{.front_mm = front_mm, .middle_mm = (front_mm + 27) / 2};
        expect_heights(measured(wedge), wedge);
    }
    const Body posterior{.middle_mm = 23.5, .back_mm = 20};
    expect_heights(measured(posterior), posterior);
}

TEST(VertebralShape, MeasuresBiconcaveAndCrushedBodies) {
    for (const double middle_mm : {16.0, 20.0}) {
        const Body fish{.middle_mm = middle_mm};
        expect_heights(measured(fish), fish, 0.8);  // Lines are fitted to bent endplates.
    }
    const Body crushed{.front_mm = 14, .middle_mm = 14.5, .back_mm = 15};
    expect_heights(measured(crushed), crushed);
}

TEST(VertebralShape, DoesNotChangeWithTilt) {
    for (const double tilt_deg : {-35.0, -10.0, 20.0, 40.0}) {
        Body wedge{.front_mm = 20, .middle_mm = 23.5, .tilt_deg = tilt_deg};
        expect_heights(measured(wedge), wedge);
    }
}

TEST(VertebralShape, DoesNotChangeWithSpacingOrStorage) {
    const Body wedge{.front_mm = 20, .middle_mm = 23, .tilt_deg = 15};
    const Stack fine{.spacing = {.row_mm = 0.7, .col_mm = 0.7}, .size = {.rows = 160, .cols = 160}};
    expect_heights(measured(wedge, fine), wedge);
    const Stack uneven{.spacing = {.row_mm = 0.6, .col_mm = 1.4},
                       .size = {.rows = 180, .cols = 80}};
    expect_heights(measured(wedge, uneven), wedge);
    expect_heights(measured(wedge, {.is_flipped = true}), wedge);
    const std::vector<ImageSlice> slices = slices_of(wedge, {});
    std::vector<ImageSlice> backward(slices.rbegin(), slices.rend());
    const VertebralShape one = measure_shape(slices, wedge.place(), frame_of(slices.front()));
    const VertebralShape other = measure_shape(backward, wedge.place(), frame_of(slices.front()));
    EXPECT_EQ(one.lines[kAnterior].upper_mm, other.lines[kAnterior].upper_mm);
}

TEST(VertebralShape, DoubtsABodyThatTheImageCuts) {
    const Body body;
    const std::vector<ImageSlice> slices = slices_of(body, {});
    ImageFrame image = frame_of(slices.front());
    image.size.rows = 46;  // Nine millimeters below the center.
    EXPECT_EQ(measure_shape(slices, body.place(), image).doubt, ShapeDoubt::cut_by_image);
}

TEST(VertebralShape, DoubtsABodyOutOfTheMiddle) {
    const Body body;
    EXPECT_EQ(measured(body, {.slices_mm = {-12, -8, 14}}).doubt, ShapeDoubt::not_in_the_middle);
    EXPECT_EQ(measure_shape({}, body.place(), {}).doubt, ShapeDoubt::not_in_the_middle);
    BodyPlace leaning = body.place();
    leaning.up = normalized({0.35, 0, 1});  // 19 degrees to the side.
    const std::vector<ImageSlice> slices = slices_of(body, {});
    EXPECT_EQ(measure_shape(slices, leaning, frame_of(slices.front())).doubt,
              ShapeDoubt::not_in_the_middle);
}

TEST(VertebralShape, DoubtsAnOutlineThatRunsIntoTheNextBody) {
    EXPECT_EQ(measured({.more_above_mm = 25}).doubt, ShapeDoubt::outline_doubtful);
    std::vector<ImageSlice> unlike = slices_of({}, {});
    unlike[1] = slices_of({.front_mm = 18, .middle_mm = 22}, {})[1];
    EXPECT_EQ(measure_shape(unlike, Body{}.place(), frame_of(unlike.front())).doubt,
              ShapeDoubt::outline_doubtful);
    Body nothing;
    nothing.center_mm = {3, 20, -100};
    const std::vector<ImageSlice> elsewhere = slices_of(nothing, {});
    EXPECT_EQ(measure_shape(elsewhere, Body{}.place(), frame_of(elsewhere.front())).doubt,
              ShapeDoubt::outline_doubtful);
}

TEST(VertebralShape, DoubtsABodyThatLiesAcrossTheSpine) {
    const Body turned{.tilt_deg = 50};
    EXPECT_EQ(measured(turned).doubt, ShapeDoubt::outline_doubtful);
}

TEST(VertebraModel, TakesEvenMarginsForOutOfView) {
    ImageSlice slice{
        .intensity = Image<float>(ImageSize{.rows = 60, .cols = 50}),
        .spacing = {.row_mm = 2, .col_mm = 2},
        .plane = {.origin_mm = {0, -50, 60}, .along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}}};
    for (int row = 10; row < 55; ++row) {
        for (int col = 0; col < 47; ++col) {
            slice.intensity[{row, col}] = static_cast<float>((row * 7 + col * 3) % 11);
        }
    }
    const ImageFrame image = VertebraModel().look_at(slice).image;
    EXPECT_EQ(image.size, (ImageSize{.rows = 45, .cols = 47}));
    EXPECT_EQ(image.plane.origin_mm, (Vec3{0, -50, 40}));
}

}  // namespace
}  // namespace paraspinal
