// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/image_contrast.h"

#include "pipeline/study/series/check_contrast.h"

#include <gtest/gtest.h>

#include <string_view>

namespace paraspinal {
namespace {

constexpr float kLean = 100;
constexpr float kFat = 400;

struct Tissues {
    float fluid = 500;
    float fat_around_sac = 300;
};

struct Drawn {
    ImageSlice slice;
    LabelMap labels;
};

// A body of 160 x 120 mm before air, 1 mm pixels: vertebral body, sac with fat beside and behind
// it, muscles to both sides, fat behind them.
Drawn drawn(const Tissues& tissues) {
    Drawn image{.slice = {.intensity = Image<float>(ImageSize{200, 200}),
                          .spacing = {1, 1},
                          .plane = {.along_columns = {1, 0, 0}, .along_rows = {0, 1, 0}}},
                .labels = LabelMap(ImageSize{200, 200})};
    const auto fill = [&image](int row, int rows, int col, int cols, float value, Structure label) {
        for (int y = row; y < row + rows; ++y) {
            for (int x = col; x < col + cols; ++x) {
                image.slice.intensity[{y, x}] = value;
                image.labels[{y, x}] = label;
            }
        }
    };
    fill(30, 140, 20, 160, kFat, Structure::background);
    fill(60, 35, 78, 44, 150, Structure::vertebral_body);
    fill(95, 24, 88, 24, tissues.fat_around_sac, Structure::background);
    fill(97, 14, 91, 18, tissues.fluid, Structure::background);
    fill(105, 45, 45, 40, kLean, Structure::erector_spinae_right);
    fill(105, 45, 115, 40, kLean, Structure::erector_spinae_left);
    return image;
}

bool has_flag(const ImageContrast& contrast, std::string_view name) {
    for (const QcFlag& flag : contrast_flags(contrast)) {
        if (flag.name() == name) {
            return true;
        }
    }
    return false;
}

TEST(ImageContrast, SeesBrightFluidOnT2) {
    const Drawn t2 = drawn({});
    const ImageContrast contrast = image_contrast(t2.slice, t2.labels);
    EXPECT_NEAR(contrast.fluid_to_lean.value_or(0), 5, 0.1);
    EXPECT_NEAR(contrast.fat_to_lean.value_or(0), 4, 0.1);
    EXPECT_EQ(weighting_of(contrast), PixelWeighting::t2);
    EXPECT_TRUE(contrast_flags(contrast).empty());
}

// The fat around the sac is bright on T1, too, and is not taken for fluid.
TEST(ImageContrast, SeesDarkFluidBesideBrightFatOnT1) {
    const Drawn t1 = drawn({.fluid = 80, .fat_around_sac = 390});
    const ImageContrast contrast = image_contrast(t1.slice, t1.labels);
    EXPECT_EQ(weighting_of(contrast), PixelWeighting::t1);
    EXPECT_TRUE(has_flag(contrast, "contrast_not_t2"));
}

TEST(ImageContrast, IsTheSameWhateverGainAndOffset) {
    Drawn image = drawn({});
    const ImageContrast before = image_contrast(image.slice, image.labels);
    for (float& value : image.slice.intensity.pixels) {
        value = 3 * value - 2000;
    }
    const ImageContrast after = image_contrast(image.slice, image.labels);
    EXPECT_NEAR(after.fluid_to_lean.value_or(0), before.fluid_to_lean.value_or(1), 1e-3);
    EXPECT_NEAR(after.fat_to_fluid.value_or(0), before.fat_to_fluid.value_or(1), 1e-3);
}

// Fat suppression that reaches one half of the slice, and a coil that does.
TEST(ImageContrast, TellsUnevenSuppressionFromShading) {
    Drawn suppressed = drawn({});
    Drawn shaded = drawn({});
    Drawn fatty = drawn({});
    for (int row = 0; row < 200; ++row) {
        for (int col = 0; col < 100; ++col) {
            float& fat = suppressed.slice.intensity[{row, col}];
            fat = fat == kFat ? 120 : fat;
            shaded.slice.intensity[{row, col}] *= 0.4F;
            float& lean = fatty.slice.intensity[{row, col}];
            lean = lean == kLean ? 220 : lean;
        }
    }
    EXPECT_TRUE(
        has_flag(image_contrast(suppressed.slice, suppressed.labels), "fat_suppression_suspected"));
    EXPECT_TRUE(contrast_flags(image_contrast(shaded.slice, shaded.labels)).empty());
    EXPECT_TRUE(contrast_flags(image_contrast(fatty.slice, fatty.labels)).empty());
}

TEST(ImageContrast, IsTheSameWithAFewPaddedPixels) {
    Drawn image = drawn({});
    const ImageContrast before = image_contrast(image.slice, image.labels);
    for (int col = 0; col < 20; ++col) {
        image.slice.intensity[{0, col}] = -32768;
    }
    const ImageContrast after = image_contrast(image.slice, image.labels);
    EXPECT_EQ(after.fluid_to_lean, before.fluid_to_lean);
    EXPECT_EQ(after.fat_to_lean, before.fat_to_lean);
}

}  // namespace
}  // namespace paraspinal
