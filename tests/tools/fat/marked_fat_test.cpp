// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
//
// The reference on real slices, where a person marked the fat. Every slice is tried as it is and
// with some of the disturbances; scripts/evaluate_fat tries all and prints how far FDR moves.
#include "segmentation/fat/correct_bias.h"
#include "segmentation/fat/dark_band.h"
#include "segmentation/fat/reference.h"
#include "segmentation/outline/outline.h"
#include "tests/support/shared_data.h"
#include "tests/tools/fat/disturb.h"
#include "tests/tools/fat/marked_slices.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paraspinal::evaluation {
namespace {

std::optional<SeenFat> seen_on(const OutlinedSlice& slice) {
    return see_fat(correct_bias(slice.slice, {}), slice.labels);
}

bool has_dark_band(const OutlinedSlice& slice) {
    return is_dark_band(dark_band_depth(slice.slice, slice.labels));
}

bool is_subcutaneous(const std::optional<SeenFat>& seen) {
    return seen && seen->reference.place == FatPlace::subcutaneous;
}

TEST(MarkedFat, IsFoundOnEverySliceHoweverDisturbed) {
    PARASPINAL_REQUIRE_SHARED_DATA("axial_unlabelled");
    OutlineModel model;
    std::size_t next = 0;
    int marked_bands = 0;
    int drawn_bands = 0;
    int found_bands = 0;
    const auto marks = testing::source_folder() / "tests/tools/fat/marked_fat.json";
    for (const MarkedSlice& marked : read_marked_slices(marks, testing::shared_data())) {
        const OutlinedSlice slice{.slice = marked.slice,
                                  .labels = model.outline(marked.slice).labels};
        EXPECT_LE(has_dark_band(slice), marked.has_dark_band) << marked.file;
        marked_bands += has_dark_band(slice) ? 1 : 0;
        const ImageSlice even = correct_bias(slice.slice, {});
        const auto seen = see_fat(even, slice.labels);
        ASSERT_TRUE(is_subcutaneous(seen)) << marked.file;
        // Fat near the muscles beside fat anywhere behind: fields, coils and bands part them.
        const double ratio = seen->reference.fat / median_in(marked.boxes, even.intensity);
        EXPECT_GT(ratio, 0.6) << marked.file;
        EXPECT_LT(ratio, 1.5) << marked.file;
        constexpr int kTried = 3;
        const double fat = median_in(marked.boxes, slice.slice.intensity);
        for (int i = 0; i < kTried; ++i) {
            const Disturbance& one = disturbances()[next++ % disturbances().size()];
            if (one.name == "saturation band") {
                ++drawn_bands;
                found_bands += has_dark_band(one.of(slice, fat)) ? 1 : 0;
            }
            EXPECT_TRUE(is_subcutaneous(seen_on(one.of(slice, fat))))
                << marked.file << ", " << one.name;
        }
    }
    EXPECT_GE(marked_bands, 8) << "two of ten are faint";
    EXPECT_GT(drawn_bands, 20);
    EXPECT_GE(found_bands, drawn_bands - 1);
}

TEST(MarkedFat, MovesWithGainAndOffsetAndNotWithTheTurnOfThePicture) {
    PARASPINAL_REQUIRE_SHARED_DATA("axial_unlabelled");
    OutlineModel model;
    const auto marks = testing::source_folder() / "tests/tools/fat/marked_fat.json";
    std::vector<MarkedSlice> slices = read_marked_slices(marks, testing::shared_data());
    slices.resize(8);
    for (const MarkedSlice& marked : slices) {
        const OutlinedSlice slice{.slice = marked.slice,
                                  .labels = model.outline(marked.slice).labels};
        const double fat = seen_on(slice).value().reference.fat;
        for (const Disturbance& one : disturbances()) {
            const double after = seen_on(one.of(slice, fat)).value().reference.fat;
            if (one.name == "gain") {
                EXPECT_NEAR(after, 3.7 * fat, 0.01 * fat) << marked.file;
            } else if (one.name == "offset") {
                EXPECT_NEAR(after, fat + 250, 0.01 * fat) << marked.file;
            } else if (one.name == "prone") {
                EXPECT_NEAR(after, fat, 0.01 * fat) << marked.file;
            }
        }
    }
}

}  // namespace
}  // namespace paraspinal::evaluation
