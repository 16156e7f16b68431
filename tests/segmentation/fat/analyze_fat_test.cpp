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
        EXPECT_EQ(all.threshold.value,
                  threshold_fat(phantom.slice, phantom.labels, {.method = method}).value);
        ASSERT_EQ(all.by_method.size(), kDataDrivenFatMethods.size());
        EXPECT_EQ(all.resampled.size(), 2) << fat_method_name(method);
    }
}

TEST(AnalyzeFat, KnowsLeanMuscleAndSubcutaneousFat) {
    const FatAnalysis seen = analyzed(fat_phantom({.noise = 2}));
    EXPECT_NEAR(seen.lean_value.value(), 100, 3);
    EXPECT_NEAR(seen.subcutaneous_fat_value.value(), 300, 3);
    EXPECT_TRUE(std::ranges::is_sorted(seen.muscle_values));
    const FatAnalysis unseen = analyzed(fat_phantom({.subcutaneous_fat = false}));
    EXPECT_FALSE(unseen.lean_value);
    EXPECT_FALSE(unseen.subcutaneous_fat_value);
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
    EXPECT_EQ(fixed.threshold.value, 200);
    EXPECT_TRUE(fixed.resampled.empty());
    EXPECT_EQ(fixed.by_method.size(), kDataDrivenFatMethods.size());
}

}  // namespace
}  // namespace paraspinal
