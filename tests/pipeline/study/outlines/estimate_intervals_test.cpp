// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/estimate_intervals.h"

#include "core/error.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace paraspinal {
namespace {

constexpr PixelSpacing kSpacing{.row_mm = 0.8, .col_mm = 0.8};
constexpr double kRadiusMm = 30;

// A disk of lean muscle (100) in fat (300).
struct Drawing {
    ImageSlice slice{.intensity = Image<float>({.rows = 160, .cols = 160}, 300),
                     .spacing = kSpacing,
                     .plane = {}};
    Mask region{{.rows = 160, .cols = 160}};

    Drawing() {
        for (int row = 0; row < 160; ++row) {
            for (int col = 0; col < 160; ++col) {
                const PixelIndex at{.row = row, .col = col};
                const double radius =
                    std::hypot((row - 79.5) * kSpacing.row_mm, (col - 79.5) * kSpacing.col_mm);
                region[at] = radius <= kRadiusMm ? 1 : 0;
                slice.intensity[at] = radius <= kRadiusMm ? 100 : 300;
            }
        }
    }
    [[nodiscard]] RegionIntervals with(const std::optional<BorderError>& border,
                                       std::vector<double> thresholds = {200}) const {
        return estimate_intervals(
            slice, region, {.border = border, .thresholds = std::move(thresholds)});
    }
    [[nodiscard]] double area_mm2() const {
        double pixels = 0;
        for (const auto value : region.pixels) {
            pixels += value;
        }
        return pixels * pixel_area_mm2(kSpacing);
    }
};

double disk_mm2(double radius_mm) {
    return std::numbers::pi * radius_mm * radius_mm;
}

TEST(EstimateIntervals, OfABorderThatMovesAsAWhole) {
    const Drawing drawing;
    const Interval area = drawing.with(BorderError{.slice_sd_mm = 1}).area_mm2.value();
    // 5 % and 95 % of a normal distribution lie 1.645 deviations from its mean; 200 draws.
    EXPECT_NEAR(area.low, disk_mm2(kRadiusMm - 1.645), 0.02 * disk_mm2(kRadiusMm));
    EXPECT_NEAR(area.high, disk_mm2(kRadiusMm + 1.645), 0.02 * disk_mm2(kRadiusMm));
}

TEST(EstimateIntervals, ShiftsByTheBiasAndStillHoldsTheMeasurement) {
    const Drawing drawing;
    const Interval area =
        drawing.with(BorderError{.bias_mm = 3, .slice_sd_mm = 0.5}).area_mm2.value();
    EXPECT_NEAR(area.low, disk_mm2(kRadiusMm - 3 - 0.82), 0.02 * disk_mm2(kRadiusMm));
    EXPECT_NEAR(area.high, drawing.area_mm2(), 1e-6);
}

TEST(EstimateIntervals, AveragesWhatIsLocal) {
    const Drawing drawing;
    const auto width = [&](double together_mm) {
        const Interval area =
            drawing.with(BorderError{.local_sd_mm = 1, .together_mm = together_mm})
                .area_mm2.value();
        return area.high - area.low;
    };
    // n places that move on their own: the deviation of their mean falls with the root of n.
    const double ratio = width(24) / width(6);
    EXPECT_GT(ratio, 1.5);
    EXPECT_LT(ratio, 2.7);
}

TEST(EstimateIntervals, SpreadsTheFdrAsTheBorderMovesAndNoMiddle) {
    // A third of the region is fat that begins inside of its border, so that the ring counts.
    Drawing drawing;
    for (std::size_t i = 0; i < drawing.region.pixels.size(); ++i) {
        const auto row = static_cast<int>(i) / 160;
        drawing.slice.intensity.pixels[i] = row > 95 ? 300.0F : 100.0F;
    }
    const auto with = [&](double bias_pct, double stretch) {
        return drawing
            .with(BorderError{.slice_sd_mm = 2, .fdr_bias_pct = bias_pct, .fdr_stretch = stretch})
            .fdr_pct;
    };
    const Interval plain = with(0, 1);
    const Interval wide = with(0, 2);
    const Interval shifted = with(1, 2);
    EXPECT_GT(plain.high - plain.low, 0.5);
    EXPECT_NEAR(wide.high - wide.low, 2 * (plain.high - plain.low), 1e-6);
    EXPECT_NEAR(shifted.low, wide.low - 1, 1e-6);
}

TEST(EstimateIntervals, OfTheThresholdAloneWhenTheOutlineIsGiven) {
    const Drawing drawing;
    const RegionIntervals found = drawing.with(std::nullopt, {200, 50, 200, 50});
    EXPECT_FALSE(found.area_mm2);
    EXPECT_EQ(found.fdr_pct.low, 0);
    EXPECT_EQ(found.fdr_pct.high, 100);
    const RegionIntervals certain = drawing.with(std::nullopt);
    EXPECT_EQ(certain.fdr_pct.low, certain.fdr_pct.high);
}

TEST(EstimateIntervals, IsTheSameAgainAndForBrighterImages) {
    Drawing drawing;
    const BorderError error{.bias_mm = 0.3, .slice_sd_mm = 1, .local_sd_mm = 1, .together_mm = 8};
    const RegionIntervals first = drawing.with(error);
    EXPECT_EQ(drawing.with(error).fdr_pct.high, first.fdr_pct.high);
    for (float& value : drawing.slice.intensity.pixels) {
        value = 3 * value + 10;
    }
    const RegionIntervals brighter = drawing.with(error, {3 * 200 + 10});
    EXPECT_EQ(brighter.fdr_pct.low, first.fdr_pct.low);
    EXPECT_EQ(brighter.fdr_pct.high, first.fdr_pct.high);
    EXPECT_EQ(brighter.area_mm2.value().low, first.area_mm2.value().low);
}

TEST(EstimateIntervals, NeedsAThreshold) {
    EXPECT_THROW(static_cast<void>(Drawing().with(BorderError{}, {})), Error);
}

TEST(BorderError, IsKnownOfEveryStructure) {
    EXPECT_EQ(&border_error("multifidus_left"), &border_error("multifidus_right"));
    for (const std::string_view region : {"paraspinal", "erector_spinae_left", "vertebral_body"}) {
        const BorderError& error = border_error(region);
        EXPECT_GT(error.slice_sd_mm, 0) << region;
        EXPECT_GE(error.local_sd_mm, 0) << region;
        EXPECT_GE(error.together_mm, 1) << region;
    }
    EXPECT_THROW(static_cast<void>(border_error("liver")), Error);
}

}  // namespace
}  // namespace paraspinal
