// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "segmentation/fat/method.h"
#include "segmentation/fat/threshold_fat.h"
#include "tests/segmentation/fat/fat_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

using testing::fat_phantom;
using testing::FatPhantom;

FatAnalysis analyzed(const FatPhantom& phantom, const FatOptions& options = {}) {
    return analyze_fat(phantom.slice, phantom.labels, options);
}

double deviation(const std::vector<double>& values) {
    double mean = 0;
    double squares = 0;
    for (const double value : values) {
        mean += value / static_cast<double>(values.size());
    }
    for (const double value : values) {
        squares += std::pow(value - mean, 2) / static_cast<double>(values.size() - 1);
    }
    return std::sqrt(squares);
}

TEST(AnalyzeFat, AgreesWithTheSingleQuestions) {
    const FatPhantom phantom = fat_phantom({.noise = 20});
    for (const FatMethod method : kDataDrivenFatMethods) {
        const FatAnalysis all = analyzed(phantom, {.method = method, .resamples = 2});
        EXPECT_EQ(all.threshold.value().value,
                  threshold_fat(phantom.slice, phantom.labels, {.method = method}).value);
        ASSERT_EQ(all.by_method.size(), kDataDrivenFatMethods.size());
        EXPECT_EQ(all.resampled.size(), 2) << fat_method_name(method);
    }
}

TEST(AnalyzeFat, KnowsLeanMuscleAndSubcutaneousFat) {
    const FatAnalysis seen = analyzed(fat_phantom({.noise = 2}));
    EXPECT_NEAR(seen.scale.value().lean, 100, 3);
    EXPECT_NEAR(seen.scale.value().fat, 300, 3);
    EXPECT_EQ(seen.scales.size(), 100);
    EXPECT_TRUE(std::ranges::is_sorted(seen.muscle_values));
    const FatAnalysis unseen = analyzed(fat_phantom({.subcutaneous_fat = false}));
    EXPECT_FALSE(unseen.scale);
    EXPECT_FALSE(unseen.fat);
    EXPECT_FALSE(unseen.threshold) << "nothing to compare with";
    EXPECT_EQ(unseen.by_method.size(), kDataDrivenFatMethods.size() - 1);
}

TEST(AnalyzeFat, DrawsTheSameSamplesAgain) {
    const FatPhantom phantom = fat_phantom({.noise = 20});
    const FatOptions options{.method = FatMethod::otsu};
    EXPECT_EQ(analyzed(phantom, options).resampled, analyzed(phantom, options).resampled);
}

TEST(AnalyzeFat, KeepsItsSamplesWhenBrightnessChanges) {
    FatPhantom phantom = fat_phantom({.noise = 20});
    const std::vector<double> before = analyzed(phantom).resampled;
    for (float& value : phantom.slice.intensity.pixels) {
        value = 2 * value + 64;
    }
    const std::vector<double> after = analyzed(phantom).resampled;
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) {
        EXPECT_NEAR(after[i], 2 * before[i] + 64, 1e-3);
    }
}

TEST(AnalyzeFat, TriesTheOtherLooksAtTheFat) {
    FatPhantom phantom = fat_phantom({.size = 192, .noise = 2});
    for (int row = 0; row < 192; ++row) {  // Fat of the patient's left is a fifth darker.
        for (int col = 96; col < 192; ++col) {
            float& value = phantom.slice.intensity[{.row = row, .col = col}];
            value = value > 250 ? value - 60 : value;
        }
    }
    const FatAnalysis seen = analyzed(phantom);
    const auto [least, most] = std::ranges::minmax(seen.fat.value().choices);
    EXPECT_NEAR(least, 240, 5);
    EXPECT_NEAR(most, 300, 5);
    const auto [lowest, highest] = std::ranges::minmax(seen.resampled);
    EXPECT_GT(highest - lowest, 0.285 * 50);
}

// Half the pixels twice the chance: the deviation of a threshold falls with the root of the area.
TEST(AnalyzeFat, IsSurerWithMoreMuscle) {
    const auto spread = [](int size) {
        const FatPhantom phantom = fat_phantom({.size = size, .noise = 40});
        return deviation(analyzed(phantom, {.method = FatMethod::kmeans2}).resampled);
    };
    const double ratio = spread(128) / spread(384);
    EXPECT_GT(ratio, 1.8);
    EXPECT_LT(ratio, 5);
}

TEST(AnalyzeFat, HasNoSamplesForAFixedThreshold) {
    const FatAnalysis fixed =
        analyzed(fat_phantom({}), {.method = FatMethod::fixed, .fixed_threshold = 200});
    EXPECT_EQ(fixed.threshold.value().value, 200);
    EXPECT_TRUE(fixed.resampled.empty());
    EXPECT_EQ(fixed.by_method.size(), kDataDrivenFatMethods.size());
}

}  // namespace
}  // namespace paraspinal
