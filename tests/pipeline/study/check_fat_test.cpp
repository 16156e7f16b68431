// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/check_fat.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

MethodFat method(FatMethod name, double fdr) {
    SliceMeasurement measured;
    for (const Structure structure : kStructures) {
        measured.structures.push_back({.structure = structure, .fat_area_mm2 = 0});
    }
    measured.structures.front() = {.structure = Structure::multifidus_right,
                                   .pixels = 100,
                                   .area_mm2 = 100,
                                   .fat_area_mm2 = fdr};
    return {.threshold = {.method = name}, .measurement = measured};
}

FatMeasurement usual() {
    FatMeasurement fat{.threshold = FatThreshold{}};
    fat.evidence.clipping.gray_levels = 64;
    return fat;
}

TEST(CheckFat, FlagsMethodsThatDifferFarAndNamesThem) {
    FatMeasurement fat = usual();
    fat.evidence.by_method = {
        method(FatMethod::otsu, 30), method(FatMethod::triangle, 81.5), method(FatMethod::gmm3, 4)};
    fat.evidence.disagreement_pct = 77.5;
    const auto flags = check_fat(fat);
    ASSERT_EQ(flags.size(), 1U);
    EXPECT_EQ(flags.front().name(), "fat_method_disagreement");
    EXPECT_NE(flags.front().detail.find("gmm3 4.0 to triangle 81.5"), std::string::npos)
        << flags.front().detail;
    fat.evidence.disagreement_pct = 10;
    EXPECT_TRUE(check_fat(fat).empty());
}

TEST(CheckFat, SaysThatThereWasNothingToCompareWith) {
    FatMeasurement nothing_seen = usual();
    nothing_seen.threshold.reset();
    const auto flags = check_fat(nothing_seen);
    ASSERT_EQ(flags.size(), 1U);
    EXPECT_EQ(flags.front().name(), "fat_reference_missing");
}

TEST(CheckFat, SaysThatTheFatWasNotSubcutaneous) {
    FatMeasurement fat = usual();
    fat.evidence.fat = SeenFat{.reference = {.place = FatPlace::elsewhere}};
    const auto flags = check_fat(fat);
    ASSERT_EQ(flags.size(), 1U);
    EXPECT_EQ(flags.front().name(), "fat_reference_elsewhere");
    fat.threshold->method = FatMethod::otsu;
    EXPECT_TRUE(check_fat(fat).empty()) << "otsu compares with nothing";
}

TEST(CheckFat, SaysThatValuesWereClipped) {
    FatMeasurement fat = usual();
    fat.evidence.clipping.muscle_at_floor = 0.009;
    fat.evidence.clipping.fat_at_top = 0.2;
    EXPECT_TRUE(check_fat(fat).empty());
    fat.evidence.clipping.muscle_at_floor = 0.2;
    ASSERT_EQ(check_fat(fat).size(), 1U);
    EXPECT_EQ(check_fat(fat).front().name(), "intensities_clipped");
    EXPECT_NE(check_fat(fat).front().detail.find("20 % of the muscle"), std::string::npos);
}

TEST(CheckFat, SaysThatABandCrossesTheMuscles) {
    FatMeasurement fat = usual();
    fat.evidence.dark_band = 0.18;
    EXPECT_TRUE(check_fat(fat).empty());
    fat.evidence.dark_band = 0.5;
    ASSERT_EQ(check_fat(fat).size(), 1U);
    EXPECT_EQ(check_fat(fat).front().name(), "dark_band_suspected");
    EXPECT_NE(check_fat(fat).front().detail.find("50 % darker"), std::string::npos);
}

}  // namespace
}  // namespace paraspinal
