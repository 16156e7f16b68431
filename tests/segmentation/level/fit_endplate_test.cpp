// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/fit_endplate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

namespace paraspinal {
namespace {

// A vertebral body as a tilted box or ellipsoidal drum, with its lower face as the known truth.
struct Body {
    double forward_tilt_deg = 0;  // Lowers the front.
    double side_tilt_deg = 0;     // Lowers the patient's left.
    double height_mm = 27;
    bool is_round = false;
    Vec3 center_mm{3, 20, -140};

    // Directions of the body: to the left, to the back, up.
    [[nodiscard]] Vec3 up() const {
        const double side = std::tan(side_tilt_deg * std::numbers::pi / 180);
        const double front = std::tan(forward_tilt_deg * std::numbers::pi / 180);
        return normalized({side, -front, 1});
    }
    [[nodiscard]] Vec3 back() const { return normalized(cross(up(), {1, 0, 0})); }
    [[nodiscard]] Vec3 left() const { return cross(back(), up()); }
    [[nodiscard]] Vec3 endplate_center() const { return center_mm - (height_mm / 2) * up(); }

    // Positive inside, in mm.
    [[nodiscard]] double depth_mm(const Vec3& place) const {
        const Vec3 offset = place - center_mm;
        const double width = std::abs(dot(offset, left())) / 23;
        const double length = std::abs(dot(offset, back())) / 17;
        const double side = is_round ? 17 * (1 - std::hypot(width, length))
                                     : std::min(23 * (1 - width), 17 * (1 - length));
        return std::min(side, height_mm / 2 - std::abs(dot(offset, up())));
    }
    [[nodiscard]] BodyPlace place() const {
        // The spine leans to the side as the body does, but not to the front.
        const double side = std::tan(side_tilt_deg * std::numbers::pi / 180);
        return {.center_mm = center_mm, .up = normalized({side, 0, 1}), .height_mm = height_mm};
    }
};

struct Stack {
    int slices = 7;
    double step_mm = 4;
    double pixel_mm = 1.5;
    double turn_deg = 0;  // Of the stack about the long axis of the patient.
    std::function<double(const Vec3&)> noise_mm = [](const Vec3&) { return 0.0; };
};

// The probability that an ideal network gives: it falls over one pixel.
std::vector<ImageSlice> probability(const Body& body, const Stack& stack = {}) {
    const double turn = stack.turn_deg * std::numbers::pi / 180;
    const Vec3 backward{-std::sin(turn), std::cos(turn), 0};
    std::vector<ImageSlice> slices;
    for (int i = 0; i < stack.slices; ++i) {
        const double across_mm = (i - (stack.slices - 1) / 2.0) * stack.step_mm;
        ImageSlice slice{.intensity = Image<float>(ImageSize{64, 60}),
                         .spacing = {stack.pixel_mm, stack.pixel_mm},
                         .plane = {.along_columns = backward, .along_rows = {0, 0, -1}}};
        slice.plane.origin_mm =
            body.center_mm + across_mm * normal(slice.plane) - 40.3 * backward + Vec3{0, 0, 46.7};
        for (int row = 0; row < 64; ++row) {
            for (int col = 0; col < 60; ++col) {
                const Vec3 place = patient_from_pixel(
                    slice.plane, slice.spacing, {.row = 1.0 * row, .col = 1.0 * col});
                const double depth_mm = body.depth_mm(place) + stack.noise_mm(place);
                slice.intensity[{row, col}] =
                    static_cast<float>(std::clamp(0.5 + depth_mm / stack.pixel_mm, 0.0, 1.0));
            }
        }
        slices.push_back(slice);
    }
    return slices;
}

// Distance of the plane from the true center of the endplate, and angle between the normals.
struct Miss {
    double distance_mm = 0;
    double angle_deg = 0;
};

Miss miss(const Endplate& found, const Body& body) {
    return {.distance_mm = std::abs(signed_distance_mm(found.plane, body.endplate_center())),
            .angle_deg = line_angle_deg(found.plane.normal, body.up())};
}

TEST(FitEndplate, FindsTheLowerFaceOfTiltedBodies) {
    for (const bool is_round : {false, true}) {
        for (const double forward_deg : {-20.0, 0.0, 8.0, 25.0}) {
            for (const double side_deg : {-8.0, 0.0, 12.0}) {
                const Body body{.forward_tilt_deg = forward_deg,
                                .side_tilt_deg = side_deg,
                                .is_round = is_round};
                const auto found = fit_inferior_endplate(probability(body), body.place());
                ASSERT_TRUE(found);
                EXPECT_LT(miss(*found, body).distance_mm, 0.2) << forward_deg << " " << side_deg;
                EXPECT_LT(miss(*found, body).angle_deg, 0.6) << forward_deg << " " << side_deg;
                EXPECT_GT(found->plane.normal.z, 0);
                EXPECT_EQ(found->slices, 7);
            }
        }
    }
}

TEST(FitEndplate, PutsItsPointInTheMiddleOfTheEndplate) {
    const Body body{.forward_tilt_deg = 10, .side_tilt_deg = 5};
    const auto found = fit_inferior_endplate(probability(body), body.place());
    ASSERT_TRUE(found);
    EXPECT_LT(length(found->plane.point_mm - body.endplate_center()), 1.2);
}

TEST(FitEndplate, IsTheSameForAnyOrderAndDirectionOfTheSlices) {
    const Body body{.forward_tilt_deg = 12, .side_tilt_deg = 6};
    std::vector<ImageSlice> slices = probability(body);
    const auto found = fit_inferior_endplate(slices, body.place());
    std::ranges::reverse(slices);
    const auto reversed = fit_inferior_endplate(slices, body.place());
    for (ImageSlice& slice : slices) {
        for (int row = 0; row < slice.intensity.rows; ++row) {
            const auto begin = slice.intensity.pixels.begin() + row * slice.intensity.cols;
            std::reverse(begin, begin + slice.intensity.cols);
        }
        slice.plane.origin_mm =
            patient_from_pixel(slice.plane, slice.spacing, {.col = 1.0 * slice.intensity.cols - 1});
        slice.plane.along_columns = -1.0 * slice.plane.along_columns;
    }
    const auto mirrored = fit_inferior_endplate(slices, body.place());
    ASSERT_TRUE(found && reversed && mirrored);
    for (const Endplate& other : {*reversed, *mirrored}) {
        EXPECT_LT(length(other.plane.point_mm - found->plane.point_mm), 1e-3);
        EXPECT_LT(length(other.plane.normal - found->plane.normal), 1e-4);
    }
}

TEST(FitEndplate, ReadsObliqueStacks) {
    const Body body{.forward_tilt_deg = 9, .side_tilt_deg = -4};
    const auto found = fit_inferior_endplate(probability(body, {.turn_deg = 12}), body.place());
    ASSERT_TRUE(found);
    EXPECT_LT(miss(*found, body).distance_mm, 0.2);
    EXPECT_LT(miss(*found, body).angle_deg, 0.6);
}

TEST(FitEndplate, IsNotDrawnAwayByASpurOrByASliceThatIsOff) {
    const Body body{.forward_tilt_deg = 6};
    const auto spur = [&body](const Vec3& place) {
        return place.y < body.center_mm.y - 10 && place.z < body.center_mm.z ? 5.0 : 0.0;
    };
    const auto one_off = [&body](const Vec3& place) {
        return place.x > body.center_mm.x + 11 ? -4.0 : 0.0;
    };
    for (const auto& disturbance :
         {std::function<double(const Vec3&)>(spur), std::function<double(const Vec3&)>(one_off)}) {
        const auto found =
            fit_inferior_endplate(probability(body, {.noise_mm = disturbance}), body.place());
        ASSERT_TRUE(found);
        EXPECT_LT(miss(*found, body).distance_mm, 0.5);
        EXPECT_LT(miss(*found, body).angle_deg, 2);
        EXPECT_GT(found->residual_mm, 0.5);
    }
}

TEST(FitEndplate, GivesThePlaneOfOneSliceTheDirectionOfTheSpine) {
    const Body body{.forward_tilt_deg = 15, .side_tilt_deg = 10};
    BodyPlace place = body.place();
    place.up = {0, 0, 1};
    const auto found = fit_inferior_endplate(probability(body, {.slices = 1}), place);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->plane.normal.x, 0, 1e-9);
    EXPECT_NEAR(line_angle_deg(found->plane.normal, body.up()), 10, 0.5);
}

TEST(FitEndplate, FindsNothingWhereThereIsNoBody) {
    const Body body;
    BodyPlace elsewhere = body.place();
    elsewhere.center_mm.z += 60;
    EXPECT_FALSE(fit_inferior_endplate(probability(body), elsewhere));
    EXPECT_FALSE(fit_inferior_endplate({}, body.place()));
}

}  // namespace
}  // namespace paraspinal
