// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/score_slice.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace paraspinal {
namespace {

constexpr int kSide = 160;

/// A body with bright fat below the skin and four dark muscles that hold known fat: in each, the
/// lowest quarter of the rows.
struct Phantom {
    ImageSlice slice;
    LabelMap labels;
};

Phantom phantom() {
    constexpr std::array kBoxes{std::pair{Structure::erector_spinae_right, 30},
                                std::pair{Structure::multifidus_right, 56},
                                std::pair{Structure::multifidus_left, 82},
                                std::pair{Structure::erector_spinae_left, 108}};
    Phantom result{.slice = {.intensity = Image<float>({kSide, kSide}),
                             .spacing = {.row_mm = 0.5, .col_mm = 2},
                             .plane = {}},
                   .labels = LabelMap({kSide, kSide})};
    std::mt19937 random(7);
    std::normal_distribution<float> noise(0, 4);
    for (int row = 0; row < kSide; ++row) {
        for (int col = 0; col < kSide; ++col) {
            const double radius = std::hypot(row - 80, col - 80);
            float value = radius > 78 ? 0.0F : radius > 68 ? 400.0F : 150.0F;
            for (const auto& [structure, left] : kBoxes) {
                if (row >= 70 && row < 110 && col >= left && col < left + 20) {
                    result.labels[{row, col}] = structure;
                    value = row >= 100 ? 400.0F : 80.0F;
                }
            }
            result.slice.intensity[{row, col}] = value + (radius > 78 ? 0 : noise(random));
        }
    }
    return result;
}

TEST(ScoreSlice, OfTheReferenceItselfIsPerfect) {
    const Phantom same = phantom();
    const auto scores = score_slice(same.slice, same.labels, same.labels, regions_of(kStructures));
    ASSERT_EQ(scores.size(), 5U)
        << "four muscles and all of them; what is absent in both is not scored";
    for (const RegionScore& score : scores) {
        EXPECT_EQ(score.overlap.dice, 1) << score.region;
        EXPECT_EQ(fdr_error(score), 0) << score.region;
        EXPECT_NEAR(score.reference_fdr_pct.value(), 25, 2) << score.region;
    }
    EXPECT_EQ(scores.back().region, "paraspinal");
    EXPECT_NEAR(scores.back().overlap.first_area_mm2, 4 * 20 * 40, 1e-9);
}

TEST(ScoreSlice, SeesAMissedMuscleAndFatThatWasLeftOut) {
    const Phantom truth = phantom();
    LabelMap ours = truth.labels;
    for (int row = 0; row < kSide; ++row) {
        for (int col = 0; col < kSide; ++col) {
            Structure& label = ours[{row, col}];
            if (label == Structure::multifidus_left ||
                (label == Structure::multifidus_right && row >= 100)) {
                label = Structure::background;
            }
        }
    }
    const auto scores = score_slice(truth.slice, ours, truth.labels, regions_of(kStructures));
    const RegionScore& right = scores.at(0);
    EXPECT_EQ(right.region, "multifidus_right");
    EXPECT_NEAR(right.overlap.dice.value(), 2 * 0.75 / 1.75, 1e-12);
    EXPECT_NEAR(area_difference_pct(right.overlap).value(), -25, 1e-9);
    EXPECT_NEAR(fdr_error(right).value(), -25, 2);
    const RegionScore& left = scores.at(1);
    EXPECT_EQ(left.overlap.dice, 0);
    EXPECT_FALSE(left.overlap.hausdorff95_mm || left.fdr_pct || fdr_error(left));
}

TEST(ScoreSlice, OfThreePixelsHasOverlapButNoFat) {
    const Phantom large = phantom();
    LabelMap tiny({kSide, kSide});
    for (int col = 60; col < 63; ++col) {
        tiny[{80, col}] = Structure::multifidus_right;
    }
    const auto scores = score_slice(large.slice, tiny, tiny, regions_of(kStructures));
    EXPECT_EQ(scores.front().overlap.dice, 1);
    EXPECT_FALSE(scores.front().fdr_pct || scores.front().reference_fdr_pct);
}

}  // namespace
}  // namespace paraspinal
