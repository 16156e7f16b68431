// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/level/find_level.h"

#include "core/error.h"
#include "tests/support/refusal.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace paraspinal {
namespace {

using testing::refusal;

constexpr double kRadians = std::numbers::pi / 180;

// L5 to L1, 36 mm apart, whose inferior endplates lie 14 mm below their centers; that of L3 is
// centered on the origin and faces straight up.
SpineView straight_spine() {
    SpineView view{.frame_of_reference_uid = "frame"};
    for (VertebraCount count = 0; count < 5; ++count) {
        const double z = 36.0 * (count - 2);
        view.spine.vertebrae.push_back(
            {.count = count,
             .place = {.center_mm = {0, 0, z + 14}, .height_mm = 28},
             .confidence = 0.9,
             .inferior_endplate = Endplate{.plane = {.point_mm = {0, 0, z}}}});
    }
    return view;
}

struct Block {
    double first_z_mm = -20;  // Where the first slice crosses the axis of the spine.
    double step_mm = 4;
    int slices = 11;
    double tilt_deg = 0;
    std::string frame_uid = "frame";
};

// Axial slices 200 mm wide and deep, centered on the spine.
Series block_of(const std::string& uid, const Block& block) {
    Series series{.series_uid = uid, .frame_of_reference_uid = block.frame_uid};
    const Vec3 backward{
        0, std::cos(block.tilt_deg * kRadians), -std::sin(block.tilt_deg * kRadians)};
    for (int i = 0; i < block.slices; ++i) {
        SliceHeader slice{.sop_instance_uid = uid + "." + std::to_string(i + 1),
                          .size = {200, 200},
                          .spacing = PixelSpacing{1, 1},
                          .plane = ImagePlane{.along_rows = backward}};
        const Vec3 on_axis{0, 0, block.first_z_mm + i * block.step_mm};
        slice.plane->origin_mm = on_axis - Vec3{100, 0, 0} - 100.0 * backward;
        series.slices.push_back(slice);
    }
    return series;
}

std::vector<AxialSlice> slices_of(const std::vector<Series>& all) {
    std::vector<AxialSlice> slices;
    for (const Series& series : all) {
        for (const SliceHeader& slice : series.slices) {
            slices.push_back({.series = &series, .slice = &slice});
        }
    }
    return slices;
}

std::vector<std::string> names(const std::vector<QcFlag>& flags) {
    std::vector<std::string> all;
    for (const QcFlag& flag : flags) {
        all.emplace_back(flag.name());
    }
    return all;
}

TEST(FindLevel, TakesTheSliceNearestToTheEndplateAndSaysHowFar) {
    const std::vector<Series> study{block_of("1", {.first_z_mm = -18.5})};
    const FoundLevel found = find_level(straight_spine(), slices_of(study), "L3");
    EXPECT_EQ(found.index, 5U);  // At z = 1.5.
    EXPECT_NEAR(*found.level.slice_offset_mm, 1.5, 1e-9);
    EXPECT_NEAR(*found.level.slice_tilt_deg, 0, 1e-6);
    EXPECT_EQ(found.level.source, LevelSource::sagittal);
    EXPECT_EQ(found.level.confidence, 0.9);
    EXPECT_TRUE(found.flags.empty());
}

TEST(FindLevel, OffsetIsNegativeBelowTheEndplateHoweverTheSliceIsStored) {
    std::vector<Series> study{block_of("1", {.first_z_mm = -2, .slices = 1})};
    EXPECT_NEAR(
        *find_level(straight_spine(), slices_of(study), "L3").level.slice_offset_mm, -2, 1e-9);
    ImagePlane& plane = *study.front().slices.front().plane;
    plane.origin_mm = plane.origin_mm + 199.0 * plane.along_columns;
    plane.along_columns = -1.0 * plane.along_columns;
    EXPECT_NEAR(
        *find_level(straight_spine(), slices_of(study), "L3").level.slice_offset_mm, -2, 1e-9);
}

TEST(FindLevel, MeasuresAtTheVertebraAndNotAtACornerOfTheImage) {
    // Tilted by 25 degrees, the corner of the slice at the endplate lies 42 mm above it.
    const std::vector<Series> study{block_of("1", {.tilt_deg = 25})};
    const std::vector<AxialSlice> slices = slices_of(study);
    const FoundLevel found = find_level(straight_spine(), slices, "L3");
    EXPECT_EQ(found.index, 5U);
    EXPECT_GT(slices[found.index].slice->plane->origin_mm.z, 40);
    EXPECT_NEAR(*found.level.slice_offset_mm, 0, 1e-9);
    EXPECT_NEAR(*found.level.slice_tilt_deg, 25, 1e-6);
    EXPECT_EQ(names(found.flags), (std::vector<std::string>{"slice_tilted"}));
}

TEST(FindLevel, TheOrderOfTheSlicesIsIrrelevant) {
    const std::vector<Series> study{block_of("1", {.first_z_mm = -19, .tilt_deg = 7}),
                                    block_of("2", {.first_z_mm = -17.7, .tilt_deg = -3})};
    std::vector<AxialSlice> slices = slices_of(study);
    const AxialSlice first = slices[find_level(straight_spine(), slices, "L3").index];
    std::ranges::reverse(slices);
    EXPECT_EQ(slices[find_level(straight_spine(), slices, "L3").index].slice, first.slice);
}

TEST(FindLevel, FindsEveryLumbarLevel) {
    const std::vector<Series> study{block_of("1", {.first_z_mm = -72, .step_mm = 4, .slices = 37})};
    for (VertebraCount count = 0; count < 5; ++count) {
        const FoundLevel found =
            find_level(straight_spine(), slices_of(study), vertebra_name(count));
        EXPECT_EQ(found.index, static_cast<std::size_t>(9 * count));
    }
}

TEST(FindLevel, FlagsASliceThatIsFarAndRefusesOneBeyondTheVertebra) {
    const auto at = [](double z_mm) {
        return std::vector<Series>{block_of("1", {.first_z_mm = z_mm, .slices = 1})};
    };
    const std::vector<Series> near = at(9.9);
    const std::vector<Series> far = at(-10.1);
    const std::vector<Series> outside = at(28.1);
    EXPECT_TRUE(find_level(straight_spine(), slices_of(near), "L3").flags.empty());
    EXPECT_EQ(names(find_level(straight_spine(), slices_of(far), "L3").flags),
              (std::vector<std::string>{"slice_far_from_level"}));
    EXPECT_EQ(refusal([&] { find_level(straight_spine(), slices_of(outside), "L3"); }),
              ErrorCode::level_not_covered);
}

TEST(FindLevel, LeavesOutSlicesThatDoNotShowTheVertebra) {
    std::vector<Series> study{block_of("1", {.first_z_mm = 0, .slices = 1}),
                              block_of("2", {.first_z_mm = 6, .slices = 1})};
    study.front().slices.front().plane->origin_mm.x += 150;
    EXPECT_EQ(find_level(straight_spine(), slices_of(study), "L3").index, 1U);
}

TEST(FindLevel, PrefersTheFrameOfReferenceOfTheSagittalSeries) {
    const std::vector<Series> study{block_of("1", {.first_z_mm = 0, .slices = 1, .frame_uid = "x"}),
                                    block_of("2", {.first_z_mm = 6, .slices = 1})};
    const FoundLevel found = find_level(straight_spine(), slices_of(study), "L3");
    EXPECT_EQ(found.index, 1U);
    EXPECT_TRUE(found.flags.empty());
}

TEST(FindLevel, FlagsAFrameOfReferenceThatDiffersOrIsNotStated) {
    for (const std::string frame : {"other", ""}) {
        const std::vector<Series> study{
            block_of("1", {.first_z_mm = 0, .slices = 1, .frame_uid = frame})};
        EXPECT_EQ(names(find_level(straight_spine(), slices_of(study), "L3").flags),
                  (std::vector<std::string>{"frame_of_reference_differs"}));
    }
}

TEST(FindLevel, GivesTheAlternativesWhenTheNamesAreInDoubt) {
    SpineView view = straight_spine();
    view.spine.doubts = {{"sacrum_not_seen", "the sacrum is not in view"}};
    view.spine.other_shifts = {1, -1};
    const std::vector<Series> study{block_of("1", {.first_z_mm = -50, .step_mm = 5, .slices = 20})};
    const FoundLevel found = find_level(view, slices_of(study), "L3");
    ASSERT_EQ(names(found.flags), (std::vector<std::string>{"level_uncertain"}));
    EXPECT_EQ(found.flags.front().detail,
              "the sacrum is not in view; the true L3 may be what is called L4 or L2 here");
    ASSERT_EQ(found.level.alternatives.size(), 2U);
    EXPECT_EQ(found.level.alternatives.at(0).vertebra, "L4");
    EXPECT_EQ(found.level.alternatives.at(0).slice_uid, "1.4");  // At z = -35, next to -36.
    EXPECT_NEAR(found.level.alternatives.at(0).position.offset_mm, 1, 1e-9);
    EXPECT_EQ(found.level.alternatives.at(1).vertebra, "L2");
    EXPECT_EQ(found.level.alternatives.at(1).slice_uid, "1.18");
}

TEST(FindLevel, SaysUnderAFlagOfItsOwnThatTheLowestBodyMayBeS1) {
    SpineView view = straight_spine();
    view.spine.doubts = {{std::string(kTransitionalDoubt), "L5 may be S1"}};
    view.spine.other_shifts = {-1};
    const std::vector<Series> study{block_of("1", {.first_z_mm = -50, .step_mm = 5, .slices = 20})};
    const FoundLevel found = find_level(view, slices_of(study), "L3");
    ASSERT_EQ(names(found.flags), (std::vector<std::string>{"transitional_suspected"}));
    EXPECT_EQ(
        found.flags.front().detail,
        "L5 may be S1; the true L3 may be what is called L2 here; --level-offset -1 counts so");
    ASSERT_EQ(found.level.alternatives.size(), 1U);
    EXPECT_EQ(found.level.alternatives.at(0).slice_uid, "1.18");

    view.spine.doubts.push_back({"count_ambiguous", "they look like others"});
    view.spine.other_shifts = {-1, 1};
    const FoundLevel both = find_level(view, slices_of(study), "L3");
    EXPECT_EQ(names(both.flags),
              (std::vector<std::string>{"level_uncertain", "transitional_suspected"}));
    EXPECT_EQ(both.flags.front().detail,
              "they look like others; the true L3 may be what is called L2 or L4 here");
}

TEST(FindLevel, CountsAsTheOperatorSays) {
    SpineView view = straight_spine();
    view.spine.doubts = {{std::string(kTransitionalDoubt), "L5 may be S1"}};
    view.spine.other_shifts = {-1};
    const std::vector<Series> study{block_of("1", {.first_z_mm = -50, .step_mm = 5, .slices = 20})};
    view.spine = recounted(view.spine, -1);
    const FoundLevel found = find_level(view, slices_of(study), "L3");
    EXPECT_TRUE(found.flags.empty());
    EXPECT_EQ(slices_of(study).at(found.index).slice->sop_instance_uid, "1.18");
    EXPECT_EQ(found.level.level_offset, -1);
}

TEST(FindLevel, SaysThatASpineOfTheNeckIsNoLumbarOne) {
    SpineView view = straight_spine();
    for (Vertebra& vertebra : view.spine.vertebrae) {
        vertebra.place.center_mm = 0.5 * vertebra.place.center_mm;
    }
    const std::string why = why_level_is_not_shown(view, "L3").value_or("");
    EXPECT_NE(why.find("no lumbar spine"), std::string::npos) << why;
    EXPECT_NE(why.find("every 18 mm"), std::string::npos) << why;
}

TEST(FindLevel, RefusesALevelThatTheSagittalSeriesDoesNotShow) {
    SpineView view = straight_spine();
    view.spine.vertebrae.erase(view.spine.vertebrae.begin() + 2, view.spine.vertebrae.end());
    const std::vector<Series> study{block_of("1", {})};
    EXPECT_EQ(refusal([&] { find_level(view, slices_of(study), "L3"); }),
              ErrorCode::level_not_found);
    EXPECT_EQ(*why_level_is_not_shown(view, "L3"),
              "the sagittal series does not show the inferior endplate of L3 (it shows L5 to L4)");
    EXPECT_FALSE(why_level_is_not_shown(view, "L4"));
    EXPECT_TRUE(why_level_is_not_shown({}, "L4"));
}

}  // namespace
}  // namespace paraspinal
