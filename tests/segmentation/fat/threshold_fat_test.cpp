// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/threshold_fat.h"

#include "core/error.h"
#include "segmentation/fat/method.h"
#include "tests/segmentation/fat/fat_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace paraspinal {
namespace {

using testing::fat_pct;
using testing::fat_phantom;
using testing::FatPhantom;

double measured_pct(const FatPhantom& phantom, const FatOptions& options) {
    const FatThreshold threshold = threshold_fat(phantom.slice, phantom.labels, options);
    EXPECT_TRUE(std::isfinite(threshold.value));
    EXPECT_FALSE(threshold.evidence.empty());
    return fat_pct(phantom.labels, fat_mask(phantom.slice, phantom.labels, threshold));
}

void expect_failure(const FatPhantom& phantom, const FatOptions& options, std::string_view words) {
    try {
        threshold_fat(phantom.slice, phantom.labels, options);
        FAIL() << "no error, but '" << words << "' was expected";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::fat_threshold_failed);
        EXPECT_NE(error.message().find(words), std::string::npos) << error.message();
    }
}

class EveryFatMethod : public ::testing::TestWithParam<FatMethod> {
  protected:
    FatOptions options{.method = GetParam()};
    FatOptions guarded{.method = GetParam(), .guard = true};
};

INSTANTIATE_TEST_SUITE_P(Methods,
                         EveryFatMethod,
                         ::testing::ValuesIn(kDataDrivenFatMethods),
                         [](const auto& tested) {
                             return std::string(fat_method_name(tested.param));
                         });

TEST_P(EveryFatMethod, FindsTheFatOfMixedMuscle) {
    // The entropy methods weigh the shapes of the two peaks, not the gap between them.
    const bool entropy = GetParam() == FatMethod::yen || GetParam() == FatMethod::maxentropy;
    const double tolerance_pct = entropy ? 4 : 1;
    for (const double share : {0.1, 0.3, 0.6}) {
        const FatPhantom phantom = fat_phantom({.fat_share = share});
        EXPECT_NEAR(
            measured_pct(phantom, options), fat_pct(phantom.labels, phantom.fat), tolerance_pct)
            << share;
    }
}

TEST_P(EveryFatMethod, FindsNoFatInLeanMuscle) {
    for (const double noise : {4.0, 12.0, 25.0}) {
        const FatPhantom phantom = fat_phantom({.noise = noise, .fat_share = 0});
        EXPECT_LT(measured_pct(phantom, guarded), 1) << noise;
        const FatThreshold found = threshold_fat(phantom.slice, phantom.labels, guarded);
        EXPECT_EQ(found.method, FatMethod::reference) << "what was done";
        expect_failure(fat_phantom({.noise = noise, .fat_share = 0, .subcutaneous_fat = false}),
                       guarded,
                       "no fat to compare");
    }
}

TEST_P(EveryFatMethod, FindsOnlyFatInMuscleThatIsAllFat) {
    const FatPhantom phantom = fat_phantom({.noise = 12, .fat_share = 1});
    EXPECT_GT(measured_pct(phantom, guarded), 99);
}

TEST_P(EveryFatMethod, DoesNotDependOnBrightnessAndContrast) {
    for (const double share : {0.0, 0.05, 0.4}) {
        FatPhantom phantom = fat_phantom({.noise = 15, .fat_share = share});
        const Mask before = fat_mask(
            phantom.slice, phantom.labels, threshold_fat(phantom.slice, phantom.labels, guarded));
        for (float& value : phantom.slice.intensity.pixels) {
            value = 3.7F * value + 250;
        }
        EXPECT_EQ(fat_mask(phantom.slice,
                           phantom.labels,
                           threshold_fat(phantom.slice, phantom.labels, guarded)),
                  before)
            << share;
    }
}

TEST_P(EveryFatMethod, DoesNotDependOnWhichMuscleHoldsAPixel) {
    FatPhantom phantom = fat_phantom({.noise = 15});
    const double before = threshold_fat(phantom.slice, phantom.labels, options).value;
    std::vector<float*> muscle;
    for (std::size_t i = 0; i < phantom.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(phantom.labels.pixels[i])) {
            muscle.push_back(&phantom.slice.intensity.pixels[i]);
        }
    }
    std::mt19937 generator(7);
    for (std::size_t i = muscle.size() - 1; i > 0; --i) {
        std::swap(*muscle[i], *muscle[generator() % (i + 1)]);
    }
    EXPECT_EQ(threshold_fat(phantom.slice, phantom.labels, options).value, before);
}

TEST_P(EveryFatMethod, PartsTheTwoLevelsOfDrawnImages) {
    if (GetParam() == FatMethod::triangle) {
        GTEST_SKIP() << "two levels have no tail to draw the triangle over";
    }
    const FatPhantom phantom = fat_phantom({.noise = 0});
    EXPECT_EQ(measured_pct(phantom, options), fat_pct(phantom.labels, phantom.fat));
}

TEST(ThresholdFat, SplitsLeanMuscleByForceWithoutTheGuard) {
    const FatPhantom lean = fat_phantom({.fat_share = 0});
    const FatPhantom mixed = fat_phantom({});
    const FatOptions bare{.method = FatMethod::otsu};
    const FatOptions guarded{.method = FatMethod::otsu, .guard = true};
    EXPECT_GT(measured_pct(lean, bare), 30);
    const auto found = [](const FatPhantom& phantom, const FatOptions& options) {
        return threshold_fat(phantom.slice, phantom.labels, options);
    };
    EXPECT_EQ(found(lean, bare).guard, FatGuard::off);
    EXPECT_EQ(found(lean, bare).method, FatMethod::otsu);
    EXPECT_EQ(found(lean, guarded).guard, FatGuard::acted);
    EXPECT_EQ(found(lean, guarded).method, FatMethod::reference);
    EXPECT_EQ(found(mixed, guarded).guard, FatGuard::on);
    EXPECT_EQ(found(mixed, guarded).method, FatMethod::otsu);
    EXPECT_EQ(found(mixed, guarded).value, found(mixed, bare).value);
}

TEST(ThresholdFat, KeepsTheReferenceOutOfTheNoiseOfLeanMuscle) {
    const FatPhantom noisy = fat_phantom({.noise = 40});
    const FatThreshold found = threshold_fat(noisy.slice, noisy.labels, {});
    EXPECT_EQ(found.guard, FatGuard::acted);
    EXPECT_GT(found.value, threshold_fat(noisy.slice, noisy.labels, {.guard = false}).value);
    const FatPhantom quiet = fat_phantom({.noise = 4});
    EXPECT_EQ(threshold_fat(quiet.slice, quiet.labels, {}).guard, FatGuard::on);
}

TEST(ThresholdFat, HoldsWhereLeanMuscleLiesAtTheFloorOfTheValues) {
    FatPhantom phantom = fat_phantom({.lean = 20, .fat = 300, .noise = 15, .fat_share = 0.1});
    for (float& value : phantom.slice.intensity.pixels) {
        value = std::max(value - 40, 0.0F);
    }
    EXPECT_NEAR(measured_pct(phantom, {}), fat_pct(phantom.labels, phantom.fat), 0.5);
}

TEST(ThresholdFat, PutsNoOtherMethodInPlaceOfAReferenceThatIsMissing) {
    const FatPhantom phantom = fat_phantom({.subcutaneous_fat = false});
    expect_failure(phantom, {}, "no fat to compare");
    EXPECT_EQ(threshold_fat(phantom.slice, phantom.labels, {.method = FatMethod::li}).method,
              FatMethod::li);
    EXPECT_EQ(all_thresholds(phantom.slice, phantom.labels, {}).size(),
              kDataDrivenFatMethods.size() - 1);
}

TEST(ThresholdFat, GivesTheSameAloneAndAmongAllMethods) {
    const FatPhantom phantom = fat_phantom({.noise = 20});
    const auto all = all_thresholds(phantom.slice, phantom.labels, {});
    ASSERT_EQ(all.size(), kDataDrivenFatMethods.size());
    for (const FatThreshold& one : all) {
        EXPECT_EQ(
            one.value,
            threshold_fat(phantom.slice, phantom.labels, {.method = one.method, .guard = false})
                .value);
    }
}

TEST(ThresholdFat, MeasuresHowFarMethodsDisagree) {
    const FatPhantom phantom = fat_phantom({.noise = 0, .fat_share = 0.4});
    const FatThreshold below{.method = FatMethod::otsu, .value = 50};
    const FatThreshold between{.method = FatMethod::li, .value = 200};
    const FatThreshold above{.method = FatMethod::yen, .value = 400};
    const double fat = fat_pct(phantom.labels, phantom.fat);
    const auto disagreement = [&](const std::vector<FatThreshold>& thresholds) {
        return fat_disagreement_pct(phantom.slice, phantom.labels, thresholds);
    };
    EXPECT_NEAR(disagreement({above, between}), fat, 1e-9);
    EXPECT_NEAR(disagreement({between, below}), 100 - fat, 1e-9);
    EXPECT_EQ(disagreement({below, above, between}), 100);
    EXPECT_EQ(disagreement({between}), 0);
}

TEST(ThresholdFat, TakesTheShareOfTheWayToSubcutaneousFat) {
    const FatPhantom phantom = fat_phantom({.noise = 2});
    for (const double share : {0.2, 0.5, 0.8}) {
        const FatOptions options{.method = FatMethod::reference, .reference_share = share};
        EXPECT_NEAR(
            threshold_fat(phantom.slice, phantom.labels, options).value, 100 + share * 200, 3);
    }
    EXPECT_THROW(threshold_fat(phantom.slice, phantom.labels, {.reference_share = 0}), Error);
}

TEST(ThresholdFat, UsesAFixedThresholdAsItIs) {
    const FatPhantom phantom = fat_phantom({});
    const FatOptions options{.method = FatMethod::fixed, .fixed_threshold = 200};
    EXPECT_EQ(threshold_fat(phantom.slice, phantom.labels, options).value, 200);
    EXPECT_NEAR(measured_pct(phantom, options), fat_pct(phantom.labels, phantom.fat), 0.1);
}

TEST(ThresholdFat, RefusesWhatHasNoThreshold) {
    FatPhantom empty = fat_phantom({});
    std::ranges::fill(empty.labels.pixels, Structure::psoas_left);
    expect_failure(empty, {}, "no paraspinal muscle");

    FatPhantom tiny = empty;
    std::fill_n(tiny.labels.pixels.begin(), 3, Structure::multifidus_left);
    expect_failure(tiny, {}, "only 3 pixels");

    FatPhantom constant = fat_phantom({});
    for (std::size_t i = 0; i < constant.labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(constant.labels.pixels[i])) {
            constant.slice.intensity.pixels[i] = 50;
        }
    }
    expect_failure(constant, {}, "same value");

    FatPhantom saturated = fat_phantom({.fat_share = 0});
    for (float& value : saturated.slice.intensity.pixels) {
        value = std::min(value, 95.0F);
    }
    expect_failure(saturated, {}, "clipped");

    FatPhantom broken = fat_phantom({});
    broken.slice.intensity.pixels[0] = std::numeric_limits<float>::quiet_NaN();
    expect_failure(broken, {}, "not numbers");
}

TEST(ThresholdFat, RefusesAFixedThresholdOutsideOfTheImage) {
    const FatPhantom phantom = fat_phantom({});
    for (const double value : {-1e4, 1e4, std::numeric_limits<double>::quiet_NaN()}) {
        expect_failure(phantom, {.method = FatMethod::fixed, .fixed_threshold = value}, "outside");
    }
}

TEST(FatMask, MarksOnlyMuscleAtOrAboveTheThreshold) {
    ImageSlice slice{.intensity = Image<float>({.rows = 1, .cols = 4}), .spacing = {}, .plane = {}};
    slice.intensity.pixels = {10, 20, 30, 30};
    LabelMap labels({.rows = 1, .cols = 4});
    labels.pixels = {Structure::multifidus_left,
                     Structure::erector_spinae_right,
                     Structure::multifidus_right,
                     Structure::psoas_right};
    const Mask fat = fat_mask(slice, labels, {.method = FatMethod::fixed, .value = 20});
    EXPECT_EQ(fat.pixels, (std::vector<std::uint8_t>{0, 1, 1, 0}));
}

}  // namespace
}  // namespace paraspinal
