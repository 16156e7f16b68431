// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/split_stacks.h"

#include "pipeline/study/series/classify_series.h"
#include "tests/pipeline/study/plain_series.h"

#include <gtest/gtest.h>

#include <functional>
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

TEST(SplitStacks, OfNothingIsNothing) {
    EXPECT_TRUE(split_stacks({}).empty());
}

}  // namespace
}  // namespace paraspinal
