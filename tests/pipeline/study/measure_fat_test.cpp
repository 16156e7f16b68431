// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/measure_fat.h"

#include "core/error.h"
#include "tests/segmentation/fat/fat_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace paraspinal {
namespace {

using testing::fat_phantom;
using testing::FatPhantom;

Outlines networks(const FatPhantom& phantom) {
    Outlines outlines{.labels = phantom.labels, .confidence = {}};
    for (const Structure muscle : kParaspinalMuscles) {
        outlines.confidence[muscle] = 0.9;
    }
    return outlines;
}

FatMeasurement measured(const FatPhantom& phantom, const MeasureFatOptions& options = {}) {
    return measure_fat(phantom.slice, networks(phantom), options);
}

// Muscles of a smaller size are lean; what the outlines have around them is fat.
FatPhantom with_rim() {
    FatPhantom phantom = fat_phantom({.size = 384, .fat_share = 0});
    const Mask lean = [&] {
        Mask mask(phantom.labels.size());
        constexpr int kRim = 5;
        for (int row = kRim; row < mask.rows - kRim; ++row) {
            for (int col = kRim; col < mask.cols - kRim; ++col) {
                bool inside = true;
                for (int step = -kRim; step <= kRim; ++step) {
                    inside &= is_paraspinal_muscle(phantom.labels[{row + step, col}]);
                    inside &= is_paraspinal_muscle(phantom.labels[{row, col + step}]);
                }
                mask[{.row = row, .col = col}] = inside ? 1 : 0;
            }
        }
        return mask;
    }();
    for (std::size_t i = 0; i < lean.pixels.size(); ++i) {
        if (is_paraspinal_muscle(phantom.labels.pixels[i]) && lean.pixels[i] == 0) {
            phantom.slice.intensity.pixels[i] += 200;
        }
    }
    return phantom;
}

TEST(MeasureFat, MeasuresWithAndWithoutTheFatAroundTheMuscle) {
    const FatPhantom phantom = with_rim();
    const FatMeasurement fascial = measured(phantom);
    const FatMeasurement muscle = measured(phantom, {.roi = MuscleRoi::muscle});
    EXPECT_EQ(fascial.measurement, fascial.evidence.fascial);
    EXPECT_EQ(muscle.measurement, muscle.evidence.muscle);
    EXPECT_EQ(fascial.evidence.muscle, muscle.evidence.muscle);
    EXPECT_EQ(fascial.threshold.value().value, muscle.threshold.value().value);
    EXPECT_GT(fdr_pct(fascial.measurement).value(), 20);
    EXPECT_LT(fdr_pct(muscle.measurement).value(), 3);
    EXPECT_NEAR(
        lean_csa_cm2(muscle.measurement).value(), lean_csa_cm2(fascial.measurement).value(), 0.2);
    EXPECT_EQ(fascial.labels, phantom.labels);
    EXPECT_NE(muscle.labels, phantom.labels);
}

TEST(MeasureFat, KeepsFatInsideOfTheMuscle) {
    const FatPhantom phantom = fat_phantom({.fat_share = 0.1});
    const FatMeasurement fascial = measured(phantom);
    const FatMeasurement muscle = measured(phantom, {.roi = MuscleRoi::muscle});
    const double csa = csa_cm2(fascial.measurement);
    EXPECT_NEAR(csa_cm2(muscle.measurement), csa, 0.01 * csa);
    // Single pixels of fat on the border itself are no longer inside.
    EXPECT_GT(fat_area_cm2(muscle.measurement).value(),
              0.9 * fat_area_cm2(fascial.measurement).value());
}

TEST(MeasureFat, TellsWhatEveryMethodWouldFind) {
    const FatMeasurement found = measured(fat_phantom({.noise = 30}), {.fat = {.guard = false}});
    ASSERT_EQ(found.evidence.by_method.size(), kDataDrivenFatMethods.size());
    double lowest = 100;
    double highest = 0;
    for (const MethodFat& one : found.evidence.by_method) {
        lowest = std::min(lowest, fdr_pct(one.measurement).value());
        highest = std::max(highest, fdr_pct(one.measurement).value());
        if (one.threshold.method == found.threshold.value().method) {
            EXPECT_EQ(one.measurement, found.measurement);
        }
    }
    EXPECT_NEAR(found.evidence.disagreement_pct, highest - lowest, 1e-9);
}

TEST(MeasureFat, PutsIntervalsAroundTheMeasurement) {
    const FatMeasurement found = measured(fat_phantom({}));
    const double csa = csa_cm2(found.measurement);
    const double fdr = fdr_pct(found.measurement).value();
    EXPECT_LT(found.intervals.csa_cm2.value().low, csa);
    EXPECT_GT(found.intervals.csa_cm2.value().high, csa);
    EXPECT_LE(found.intervals.fdr_pct.value().low, fdr + 1e-9);
    EXPECT_GE(found.intervals.fdr_pct.value().high, fdr - 1e-9);
    EXPECT_FALSE(found.intervals.vb_cm2) << "no vertebral body is outlined";
}

TEST(MeasureFat, MeasuresTheMuscleWithoutFatToCompareWith) {
    const FatPhantom phantom = fat_phantom({.subcutaneous_fat = false});
    const FatMeasurement found = measured(phantom);
    EXPECT_FALSE(found.threshold);
    EXPECT_GT(csa_cm2(found.measurement), 0);
    EXPECT_EQ(fdr_pct(found.measurement), std::nullopt);
    EXPECT_TRUE(found.intervals.csa_cm2);
    EXPECT_FALSE(found.intervals.fdr_pct);
    EXPECT_FALSE(found.evidence.fraction_pct);
    EXPECT_EQ(std::ranges::count(found.fat.pixels, 1), 0);
    EXPECT_THROW(measured(phantom, {.roi = MuscleRoi::muscle}), Error);
    const FatMeasurement asked = measured(phantom, {.fat = {.method = FatMethod::otsu}});
    EXPECT_NEAR(fdr_pct(asked.measurement).value(), 30, 2);
}

TEST(MeasureFat, AveragesThePlaceOfEachPixelBetweenMuscleAndFat) {
    const FatMeasurement found = measured(fat_phantom({.noise = 1, .fat_share = 0.5}));
    // Half of the pixels at 100 %, half at the 6 % of lean muscle.
    EXPECT_NEAR(found.evidence.fraction_pct.value(), 53, 1);
    const Interval interval = found.intervals.fat_fraction_pct.value();
    EXPECT_LE(interval.low, *found.evidence.fraction_pct + 0.1);
    EXPECT_GE(interval.high, *found.evidence.fraction_pct - 0.1);
}

TEST(MeasureFat, IsLessSureWhereValuesAreClipped) {
    FatPhantom phantom = fat_phantom({.noise = 25, .fat_share = 0.2});
    const FatMeasurement before = measured(phantom);
    for (float& value : phantom.slice.intensity.pixels) {
        value = std::max(value, 90.0F);
    }
    const FatMeasurement after = measured(phantom);
    EXPECT_FALSE(is_clipped(before.evidence.clipping));
    EXPECT_TRUE(is_clipped(after.evidence.clipping));
    EXPECT_GT(after.evidence.clipping.muscle_at_floor, 0.1);
    const Interval wide = after.intervals.fdr_pct.value();
    EXPECT_GE(wide.high, fdr_pct(before.measurement).value());
    EXPECT_LE(wide.low, fdr_pct(before.measurement).value());
}

TEST(MeasureFat, TakesTheOperatorsOutlineAsGiven) {
    const FatPhantom phantom = fat_phantom({});
    const FatMeasurement found =
        measure_fat(phantom.slice, {.labels = phantom.labels, .confidence = {}}, {});
    EXPECT_FALSE(found.intervals.csa_cm2);
    const Interval fdr = found.intervals.fdr_pct.value();
    const Interval networks = measured(phantom).intervals.fdr_pct.value();
    EXPECT_LT(fdr.high - fdr.low, networks.high - networks.low);
}

TEST(MeasureFat, DoesNotDependOnBrightnessAndContrast) {
    FatPhantom phantom = fat_phantom({.noise = 15});
    const FatMeasurement before = measured(phantom);
    for (float& value : phantom.slice.intensity.pixels) {
        value = 2 * value + 128;
    }
    const FatMeasurement after = measured(phantom);
    EXPECT_EQ(after.measurement, before.measurement);
    EXPECT_NEAR(after.intervals.fdr_pct.value().high, before.intervals.fdr_pct.value().high, 0.05);
}

struct BadImage {
    const char* name;
    ErrorCode code;
    const char* words;
    void (*spoil)(FatPhantom&);
};

void set_muscles(FatPhantom& phantom, float value) {
    for (std::size_t i = 0; i < phantom.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(phantom.labels.pixels[i])) {
            phantom.slice.intensity.pixels[i] = value;
        }
    }
}

class BadFat : public ::testing::TestWithParam<BadImage> {};

TEST_P(BadFat, IsRefusedWithAReason) {
    for (const MuscleRoi roi : {MuscleRoi::fascial, MuscleRoi::muscle}) {
        FatPhantom phantom = fat_phantom({});
        GetParam().spoil(phantom);
        try {
            measure_fat(phantom.slice, networks(phantom), {.bias = {.enabled = false}, .roi = roi});
            FAIL() << "no error";
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), GetParam().code);
            EXPECT_NE(error.message().find(GetParam().words), std::string::npos) << error.message();
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Inputs,
    BadFat,
    ::testing::Values(BadImage{"EmptyMuscle",
                               ErrorCode::fat_threshold_failed,
                               "no paraspinal muscle",
                               [](FatPhantom& phantom) {
                                   std::ranges::fill(phantom.labels.pixels, Structure::background);
                               }},
                      BadImage{"ThreePixels",
                               ErrorCode::fat_threshold_failed,
                               "only 3 pixels",
                               [](FatPhantom& phantom) {
                                   std::ranges::fill(phantom.labels.pixels, Structure::background);
                                   std::fill_n(phantom.labels.pixels.begin() + 9000,
                                               3,
                                               Structure::multifidus_left);
                               }},
                      BadImage{"ConstantMuscle",
                               ErrorCode::fat_threshold_failed,
                               "same value",
                               [](FatPhantom& phantom) { set_muscles(phantom, 50); }},
                      BadImage{"ConstantImage",
                               ErrorCode::fat_threshold_failed,
                               "same value",
                               [](FatPhantom& phantom) {
                                   std::ranges::fill(phantom.slice.intensity.pixels, 7.0F);
                               }},
                      BadImage{"SaturatedImage",
                               ErrorCode::fat_threshold_failed,
                               "clipped",
                               [](FatPhantom& phantom) {
                                   for (float& value : phantom.slice.intensity.pixels) {
                                       value = std::min(value, 95.0F);
                                   }
                               }},
                      BadImage{"NotANumber",
                               ErrorCode::fat_threshold_failed,
                               "not numbers",
                               [](FatPhantom& phantom) {
                                   phantom.slice.intensity.pixels[0] =
                                       std::numeric_limits<float>::quiet_NaN();
                               }}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(MeasureFat, RefusesAFixedThresholdOutsideOfTheData) {
    const FatPhantom phantom = fat_phantom({});
    const MeasureFatOptions options{.bias = {.enabled = false},
                                    .fat = {.method = FatMethod::fixed, .fixed_threshold = 1e5}};
    try {
        measured(phantom, options);
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::fat_threshold_failed);
        EXPECT_NE(error.message().find("outside of the image"), std::string::npos);
    }
}

TEST(MeasureFat, SaysSoWhenNoMuscleIsLeft) {
    const FatPhantom phantom = fat_phantom({.fat_share = 1});
    EXPECT_EQ(csa_cm2(measured(phantom).evidence.muscle), 0);
    EXPECT_FALSE(fdr_pct(measured(phantom).evidence.muscle));
    try {
        measured(phantom, {.roi = MuscleRoi::muscle});
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::fat_threshold_failed);
        EXPECT_NE(error.message().find("--roi fascial"), std::string::npos);
    }
}

}  // namespace
}  // namespace paraspinal
