// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/level/find_vertebrae.h"

#include "tests/segmentation/level/spine_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::maps_of;
using testing::SpinePhantom;

constexpr VertebraCount kL3 = 2;

std::vector<std::string> names(const Spine& spine) {
    std::vector<std::string> all;
    std::ranges::transform(
        spine.vertebrae, std::back_inserter(all), [](const Vertebra& each) { return each.name(); });
    return all;
}

std::vector<std::string> doubts(const Spine& spine) {
    std::vector<std::string> all;
    std::ranges::transform(spine.doubts, std::back_inserter(all), &NamingDoubt::name);
    return all;
}

Vec3 l3_endplate_mm(const Spine& spine) {
    return spine.at(kL3)->inferior_endplate->plane.point_mm;
}

const std::vector<std::string> kAll{"S1", "L5", "L4", "L3", "L2", "L1", "T12", "T11"};

TEST(FindVertebrae, NamesAWholeSpineWithoutDoubt) {
    const Spine spine = find_vertebrae(maps_of({}));
    EXPECT_EQ(names(spine), kAll);
    EXPECT_EQ(doubts(spine), std::vector<std::string>{});
    EXPECT_TRUE(spine.other_shifts.empty());
    EXPECT_GT(spine.confidence, 0.9);
    EXPECT_NEAR(length(l3_endplate_mm(spine)), 0, 0.7);
    EXPECT_NEAR(spine.at(kL3)->place.height_mm, 27, 1.5);
    EXPECT_NEAR(spine.at(kL3)->depth_mm, 34, 1.5);
}

TEST(FindVertebrae, TheOrderOfTheSlicesIsIrrelevant) {
    std::vector<VertebraMap> maps = maps_of({.side_tilt_deg = 8});
    const Spine spine = find_vertebrae(maps);
    std::ranges::reverse(maps);
    std::swap(maps.at(1), maps.at(4));
    const Spine other = find_vertebrae(maps);
    EXPECT_EQ(names(other), names(spine));
    EXPECT_NEAR(length(l3_endplate_mm(other) - l3_endplate_mm(spine)), 0, 1e-6);
}

TEST(FindVertebrae, FollowsASpineThatLeansToTheSide) {
    const Spine spine = find_vertebrae(maps_of({.side_tilt_deg = 12}));
    ASSERT_NE(spine.at(kL3), nullptr);
    const Plane& plane = spine.at(kL3)->inferior_endplate->plane;
    EXPECT_NEAR(std::atan2(plane.normal.x, plane.normal.z) * 57.3, 12, 2);
    EXPECT_NEAR(signed_distance_mm(plane, {0, 0, 0}), 0, 0.7);
}

TEST(FindVertebrae, CentersBodiesInFrontOfTheCanal) {
    // The stack lies 6 mm beside the spine.
    const Spine spine = find_vertebrae(maps_of({.slices_mm = {-6, -2, 2, 6, 10, 14, 18}}));
    EXPECT_NEAR(l3_endplate_mm(spine).x, 0, 3.5);
    const Spine middle = find_vertebrae(maps_of({}));
    EXPECT_NEAR(l3_endplate_mm(middle).x, 0, 0.3);
}

TEST(FindVertebrae, NamesASqueezedBodyLikeAnyOther) {
    for (const int squeezed : {0, 1, 2, 3, 4}) {
        const Spine spine = find_vertebrae(maps_of({.squeezed = squeezed}));
        EXPECT_EQ(names(spine), kAll) << squeezed;
        EXPECT_EQ(doubts(spine), std::vector<std::string>{}) << squeezed;
    }
}

TEST(FindVertebrae, DoubtsTheShapesOfBodiesThatLieTooNear) {
    std::vector<VertebraMap> maps = maps_of({});
    for (VertebraMap& map : maps) {
        for (Image<float>& kind : map.probability) {
            for (int row = 0; row < kind.size().rows; ++row) {
                const Vec3 place = patient_from_pixel(
                    map.plane, {kSagittalPixelMm, kSagittalPixelMm}, {.row = 1.0 * row, .col = 0});
                // Two pixels through the middle of L1.
                for (int col = 0; std::abs(place.z - 85.5) < 1.5 && col < kind.size().cols; ++col) {
                    kind[{row, col}] = 0;
                }
            }
        }
    }
    const Spine spine = find_vertebrae(maps);
    ASSERT_EQ(spine.vertebrae.size(), 9U) << "L1 was found in two halves";
    EXPECT_EQ(std::ranges::count_if(spine.vertebrae,
                                    [](const Vertebra& body) {
                                        return body.shape.doubt == ShapeDoubt::outline_doubtful;
                                    }),
              2);
}

TEST(FindVertebrae, WorksOnASingleSlice) {
    const Spine spine = find_vertebrae(maps_of({.slices_mm = {2}}));
    EXPECT_EQ(names(spine), kAll);
    EXPECT_NEAR(l3_endplate_mm(spine).z, 0, 0.5);
}

TEST(FindVertebrae, DoubtsTheNamesWithoutASacrum) {
    const Spine spine = find_vertebrae(maps_of({.has_sacrum = false}));
    EXPECT_TRUE(std::ranges::count(doubts(spine), "sacrum_not_seen"));
    EXPECT_EQ(spine.other_shifts.size(), 2U);
}

TEST(FindVertebrae, DoubtsTheNamesWhenABodyWasMissed) {
    for (const int missed : {0, 1, 2, 3}) {
        const Spine spine = find_vertebrae(maps_of({.missed = missed}));
        EXPECT_FALSE(spine.doubts.empty()) << missed;
        // Counted on over the gap, those above it keep their names.
        EXPECT_EQ(names(spine).back(), "T11") << missed;
    }
}

TEST(FindVertebrae, DoubtsTheNamesWhenTheNetworkSeesOthers) {
    // Counted from S1 the lowest body is L5, but it looks like L4: perhaps S1 is a sixth lumbar
    // body.
    const Spine spine = find_vertebrae(maps_of({.told_shift = 1}));
    EXPECT_TRUE(std::ranges::count(doubts(spine), "count_ambiguous"));
    EXPECT_EQ(names(spine), kAll);
    EXPECT_EQ(spine.other_shifts.front(), 1);
}

TEST(FindVertebrae, DoubtsAnS1ThatLooksLumbar) {
    const Spine spine = find_vertebrae(maps_of({.s1_share = 0.6}));
    EXPECT_FALSE(spine.doubts.empty());
}

TEST(FindVertebrae, DoubtsTheCountWhereTheLowestBodyLeansAboveAStraightSacrum) {
    // S1 with a disc of its own, taken for L5, and S2 for S1.
    const Spine spine =
        find_vertebrae(maps_of({.l5_lean_deg = 38, .s1_lean_deg = 52, .sacrum_lean_deg = 54}));
    EXPECT_EQ(names(spine), kAll);
    EXPECT_EQ(doubts(spine), std::vector<std::string>{std::string(kTransitionalDoubt)});
    EXPECT_EQ(spine.other_shifts, std::vector<int>{-1});
    EXPECT_NEAR(spine.evidence.lowest_lean_deg, 38, 2);
    EXPECT_NEAR(spine.evidence.s1_bend_deg, 2, 3);
}

TEST(FindVertebrae, DoesNotDoubtASpineThatBendsAtS1HoweverSteep) {
    for (const SpinePhantom& phantom :
         {SpinePhantom{.l5_lean_deg = 8, .s1_lean_deg = 36, .sacrum_lean_deg = 60},   // Usual.
          SpinePhantom{.l5_lean_deg = -3, .s1_lean_deg = 12, .sacrum_lean_deg = 32},  // Flat back.
          SpinePhantom{.l5_lean_deg = 24, .s1_lean_deg = 50, .sacrum_lean_deg = 68}}) {  // Steep.
        const Spine spine = find_vertebrae(maps_of(phantom));
        EXPECT_EQ(names(spine), kAll) << phantom.s1_lean_deg;
        EXPECT_EQ(doubts(spine), std::vector<std::string>{}) << phantom.s1_lean_deg;
    }
}

TEST(FindVertebrae, SaysNothingOfTransitionalAnatomyWithoutASacrum) {
    const Spine spine = find_vertebrae(maps_of({.has_sacrum = false, .l5_lean_deg = 40}));
    EXPECT_FALSE(std::ranges::count(doubts(spine), kTransitionalDoubt));
    EXPECT_TRUE(std::ranges::count(doubts(spine), "sacrum_not_seen"));
}

TEST(Recounted, MovesAllNamesAndEndsTheDoubt) {
    const Spine found = find_vertebrae(maps_of({.told_shift = 1}));
    ASSERT_FALSE(found.doubts.empty());
    const Spine lower = recounted(found, -1);
    EXPECT_EQ(lower.vertebrae.front().name(), "S2");
    EXPECT_EQ(lower.at(kL3)->place.center_mm, found.at(kL3 + 1)->place.center_mm);
    EXPECT_TRUE(lower.doubts.empty());
    EXPECT_TRUE(lower.other_shifts.empty());
    EXPECT_EQ(lower.operator_shift, -1);
    EXPECT_EQ(recounted(found, 1).vertebrae.front().name(), "L5");
}

TEST(FindVertebrae, FindsNothingInNothing) {
    EXPECT_TRUE(find_vertebrae({}).vertebrae.empty());
    VertebraMap blank{.brightness = Image<float>(kSagittalGrid)};
    blank.plane = {.along_columns = {0, 1, 0}, .along_rows = {0, 0, -1}};
    blank.probability.fill(Image<float>(kSagittalGrid));
    EXPECT_TRUE(find_vertebrae({blank, blank}).vertebrae.empty());
}

TEST(VertebraName, CountsFromTheSacrumUp) {
    EXPECT_EQ(vertebra_name(-1), "S1");
    EXPECT_EQ(vertebra_name(0), "L5");
    EXPECT_EQ(vertebra_name(4), "L1");
    EXPECT_EQ(vertebra_name(5), "T12");
    EXPECT_EQ(vertebra_name(16), "T1");
}

}  // namespace
}  // namespace paraspinal
