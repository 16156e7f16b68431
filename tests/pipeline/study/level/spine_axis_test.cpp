// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/spine_axis.h"

#include "tests/pipeline/study/curved_spine.h"

#include <gtest/gtest.h>

#include <numbers>

namespace paraspinal {
namespace {

using testing::CurvedSpine;

// A slice of 200 mm through the spine, `way_mm` above the inferior endplate of L5, turned by
// `tilt_deg` against a cut across.
ImageFrame slice_at(double way_mm, double tilt_deg = 0) {
    const double angle = CurvedSpine::angle_of(way_mm);
    const double turned = angle + tilt_deg * std::numbers::pi / 180;
    const Vec3 back{0, std::cos(turned), -std::sin(turned)};
    const Vec3 middle = CurvedSpine::place(angle) + 20.0 * back;
    return {.plane = {.origin_mm = middle - 99.5 * Vec3{1, 0, 0} - 99.5 * back,
                      .along_columns = {1, 0, 0},
                      .along_rows = back},
            .spacing = {.row_mm = 1, .col_mm = 1},
            .size = {.rows = 200, .cols = 200}};
}

TEST(SpineAxis, NamesBodiesAndDiscsWithTheFractionFromHeadToFeet) {
    const SpineAxis axis = CurvedSpine::axis();
    const auto at = [&axis](double way_mm) { return axis.place_of(slice_at(way_mm)); };
    const double l3 = 2 * CurvedSpine::kStepMm;
    EXPECT_EQ(at(l3 + 1).name, "L3");
    EXPECT_NEAR(at(l3 + 1).fraction.value(), 26.0 / 27, 0.01);
    EXPECT_NEAR(at(l3 + 26).fraction.value(), 1.0 / 27, 0.01);
    EXPECT_EQ(at(l3 - 4.5).name, "L3/4");
    EXPECT_NEAR(at(l3 - 4.5).fraction.value(), 0.5, 0.03);
    EXPECT_NEAR(at(l3 - 4.5).height, 2 - 4.5 / 36, 0.01);
    EXPECT_EQ(at(-4).name, "L5/S1");
    EXPECT_TRUE(at(-4).is_lumbar);
    EXPECT_EQ(at(-15).name, "S1");
    EXPECT_FALSE(at(-15).is_lumbar);
    EXPECT_EQ(at(4 * CurvedSpine::kStepMm + 10).name, "L1");
    EXPECT_EQ(at(4 * CurvedSpine::kStepMm + 30).name, "above L1");
    EXPECT_FALSE(at(4 * CurvedSpine::kStepMm + 30).is_lumbar);
}

TEST(SpineAxis, FindsTheTiltOfASliceWhereItMeetsTheSpine) {
    const SpineAxis axis = CurvedSpine::axis();
    for (const double tilt_deg : {0.0, 12.0, 25.0}) {
        const SpinePlace place = axis.place_of(slice_at(80, tilt_deg));
        EXPECT_NEAR(place.tilt_deg, tilt_deg, 0.2);
        EXPECT_NEAR(place.height, 80.0 / 36, 0.01);
    }
}

TEST(SpineAxis, GoesAlongTheMusclesAsAlongTheSpine) {
    const SpineAxis axis = CurvedSpine::axis();
    for (const double way_mm : {-10.0, 0.0, 20.0, 72.0, 100.0, 150.0}) {
        const Vec3 muscle = CurvedSpine::place(CurvedSpine::angle_of(way_mm), 50);
        EXPECT_NEAR(axis.height_of(muscle), way_mm / 36, 0.1) << way_mm;
    }
}

TEST(SpineAxis, NeedsTwoEndplatesAndSaysWhereItDoesNotKnow) {
    Spine spine = CurvedSpine::spine();
    spine.vertebrae.resize(2);  // S1 and L5.
    EXPECT_FALSE(SpineAxis::of(spine));
    spine = CurvedSpine::spine();
    spine.vertebrae.erase(spine.vertebrae.begin());
    EXPECT_EQ(SpineAxis::of(spine)->place_of(slice_at(-4)).name, "below L5");
    EXPECT_TRUE(SpineAxis::of(spine)->place_of(slice_at(-4)).is_lumbar) << "the disc";
    EXPECT_FALSE(SpineAxis::of(spine)->place_of(slice_at(-15)).is_lumbar) << "the sacrum";
    Spine higher = spine;
    higher.vertebrae.erase(higher.vertebrae.begin());  // L5.
    EXPECT_EQ(SpineAxis::of(higher)->place_of(slice_at(36 - 20)).name, "below L4");
    EXPECT_TRUE(SpineAxis::of(higher)->place_of(slice_at(36 - 20)).is_lumbar) << "L5, not seen";
    spine.vertebrae.erase(spine.vertebrae.begin() + 2);  // L3.
    EXPECT_EQ(SpineAxis::of(spine)->place_of(slice_at(36 + 40)).name, "above L4");
}

}  // namespace
}  // namespace paraspinal
