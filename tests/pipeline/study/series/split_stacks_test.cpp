// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/split_stacks.h"

#include "pipeline/study/series/classify_series.h"
#include "tests/pipeline/study/plain_series.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::axial;
using testing::plain_slice;
using testing::series_of;

// Three slices each through three discs, with tilts as of L3/4, L4/5 and L5/S1.
TEST(SplitStacks, KeepsDiscAngledBlocksApart) {
    Series series;
    for (const double tilt_deg : {-5.0, 8.0, 25.0}) {
        for (int slice = 0; slice < 3; ++slice) {
            series.slices.push_back(plain_slice());
            series.slices.back().plane = axial(tilt_deg);
            series.slices.back().plane->origin_mm.z = 4.0 * (2 - slice);
        }
    }
    const std::vector<Stack> stacks = split_stacks(series);
    ASSERT_EQ(stacks.size(), 3U);
    for (const Stack& stack : stacks) {
        ASSERT_EQ(stack.slices.size(), 3U);
        EXPECT_EQ(classify(series, stack).kind, SeriesKind::axial_t2);
        EXPECT_LT(stack.slices[0]->plane->origin_mm.z, stack.slices[2]->plane->origin_mm.z);
    }
}

TEST(SplitStacks, IgnoresTheRoundingOfDirections) {
    Series series;
    for (const double tilt_deg : {10.0, 10.3, 9.8}) {
        series.slices.push_back(plain_slice());
        series.slices.back().plane = axial(tilt_deg);
    }
    EXPECT_EQ(split_stacks(series).size(), 1U);
}

TEST(SplitStacks, KeepsApartWhatWasAcquiredDifferently) {
    const std::vector<std::function<void(SliceHeader&)>> changes{
        [](SliceHeader& slice) { slice.acquisition.echo_time_ms = 30; },
        [](SliceHeader& slice) { slice.acquisition.b_value_s_mm2 = 0; },
        [](SliceHeader& slice) {
            slice.acquisition.image_type = {"ORIGINAL", "PRIMARY", "P"};
        },
        [](SliceHeader& slice) { slice.size.rows = 256; },
        [](SliceHeader& slice) { slice.spacing->row_mm = 0.7; },
        [](SliceHeader& slice) { slice.spacing.reset(); },
        [](SliceHeader& slice) { slice.plane.reset(); },
    };
    Series series = series_of(plain_slice());
    for (const auto& change : changes) {
        series.slices.push_back(plain_slice());
        change(series.slices.back());
        series.slices.push_back(series.slices.back());
    }
    EXPECT_EQ(split_stacks(series).size(), changes.size() + 1);
}

// Archives write a compression ratio into each slice, scanners its number into names, its own
// calibration into times.
TEST(SplitStacks, IgnoresWhatDiffersWithoutMeaning) {
    Series series;
    for (int number = 0; number < 9; ++number) {
        const std::string text = std::to_string(number);
        SliceHeader slice = plain_slice();
        slice.series_description = "t2 tra " + text;
        slice.acquisition.protocol_name = "L spine/" + text;
        slice.acquisition.sequence_name = "*tse2d1_" + text;
        slice.acquisition.derivation = "Lossless JPEG compression, ratio 2." + text;
        slice.acquisition.echo_time_ms = 100 + 0.1 * number;
        slice.acquisition.scan_options = {"PFP", "SP"};
        if (number % 2 == 1) {
            slice.acquisition.scan_options = {"SP", "PFP"};
            slice.acquisition.image_type = {"ORIGINAL", "PRIMARY", "M", "NORM", "DIS2D"};
        }
        series.slices.push_back(slice);
    }
    EXPECT_EQ(split_stacks(series).size(), 1U);
}

TEST(SplitStacks, KeepsApartWhatClassifyJudges) {
    const std::vector<std::function<void(SliceHeader&)>> changes{
        [](SliceHeader& slice) { slice.acquisition.derivation = "MPR of the volume"; },
        [](SliceHeader& slice) { slice.acquisition.scan_options = {"FS"}; },
        [](SliceHeader& slice) { slice.acquisition.sequence_name = "spair"; },
        [](SliceHeader& slice) {
            slice.acquisition.image_type = {"ORIGINAL", "PRIMARY", "LOCALIZER"};
        },
        [](SliceHeader& slice) { slice.acquisition.slice_thickness_mm = 40; },
        [](SliceHeader& slice) { slice.acquisition.inversion_time_ms = 160; },
    };
    for (const auto& change : changes) {
        Series series;
        series.slices = {plain_slice(), plain_slice(), plain_slice()};
        change(series.slices.back());
        EXPECT_EQ(split_stacks(series).size(), 2U) << &change - changes.data();
    }
}

TEST(SplitStacks, OfNothingIsNothing) {
    EXPECT_TRUE(split_stacks({}).empty());
}

}  // namespace
}  // namespace paraspinal
