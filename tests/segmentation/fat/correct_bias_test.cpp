// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/correct_bias.h"

#include "core/error.h"
#include "segmentation/fat/body_mask.h"
#include "segmentation/fat/method.h"
#include "segmentation/fat/threshold_fat.h"
#include "tests/segmentation/fat/fat_phantom.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <thread>

namespace paraspinal {
namespace {

using testing::fat_pct;
using testing::fat_phantom;
using testing::FatPhantom;

// Twice as bright on one side as on the other, or at the back as at the front.
void apply_field(ImageSlice& slice, bool sideways) {
    for (int row = 0; row < slice.intensity.rows; ++row) {
        for (int col = 0; col < slice.intensity.cols; ++col) {
            const double place = sideways ? static_cast<double>(col) / slice.intensity.cols
                                          : static_cast<double>(row) / slice.intensity.rows;
            slice.intensity[{.row = row, .col = col}] *= static_cast<float>(std::exp2(place - 0.5));
        }
    }
}

double fdr_pct(const ImageSlice& slice, const LabelMap& labels, FatMethod method) {
    return fat_pct(labels,
                   fat_mask(slice, labels, threshold_fat(slice, labels, {.method = method})));
}

double mean_inside(const ImageSlice& slice, const Mask& body) {
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < body.pixels.size(); ++i) {
        sum += body.pixels[i] * static_cast<double>(slice.intensity.pixels[i]);
        count += body.pixels[i];
    }
    return sum / count;
}

// Brightness of lean muscle: its largest over its smallest among the four muscles.
double unevenness(const ImageSlice& slice, const FatPhantom& phantom) {
    double least = std::numeric_limits<double>::max();
    double most = 0;
    for (const Structure muscle : kParaspinalMuscles) {
        double sum = 0;
        double count = 0;
        for (std::size_t i = 0; i < phantom.labels.pixels.size(); ++i) {
            if (phantom.labels.pixels[i] == muscle && phantom.fat.pixels[i] == 0) {
                sum += slice.intensity.pixels[i];
                count += 1;
            }
        }
        least = std::min(least, sum / count);
        most = std::max(most, sum / count);
    }
    return most / least;
}

TEST(CorrectBias, EvensOutASidewaysField) {
    FatPhantom phantom = fat_phantom({});
    apply_field(phantom.slice, true);
    const double before = unevenness(phantom.slice, phantom);
    const double after = unevenness(correct_bias(phantom.slice, {}), phantom);
    EXPECT_GT(before, 1.2);
    EXPECT_LT(after, 1.08);
}

TEST(CorrectBias, BringsTheFatShareNearerToTheTruth) {
    FatPhantom phantom = fat_phantom({.lean = 120, .fat = 240, .noise = 18, .fat_share = 0.2});
    const double truth = fat_pct(phantom.labels, phantom.fat);
    apply_field(phantom.slice, true);
    const ImageSlice corrected = correct_bias(phantom.slice, {});
    for (const FatMethod method : {FatMethod::reference, FatMethod::otsu, FatMethod::gmm2}) {
        const double before = std::abs(fdr_pct(phantom.slice, phantom.labels, method) - truth);
        const double after = std::abs(fdr_pct(corrected, phantom.labels, method) - truth);
        EXPECT_LT(after, before) << fat_method_name(method);
    }
}

TEST(CorrectBias, ChangesNothingToSpeakOfWithoutAField) {
    for (const double share : {0.0, 0.2, 0.5}) {
        const FatPhantom phantom = fat_phantom({.noise = 10, .fat_share = share});
        const ImageSlice corrected = correct_bias(phantom.slice, {});
        for (const FatMethod method : {FatMethod::reference, FatMethod::otsu, FatMethod::gmm2}) {
            EXPECT_NEAR(fdr_pct(corrected, phantom.labels, method),
                        fdr_pct(phantom.slice, phantom.labels, method),
                        1)
                << fat_method_name(method) << " " << share;
        }
    }
}

// Fat that grows from one side to the other is anatomy, not a field.
TEST(CorrectBias, KeepsAGradientOfFat) {
    FatPhantom phantom = fat_phantom({.fat_share = 0});
    std::uint32_t state = 1;
    for (int row = 0; row < phantom.labels.rows; ++row) {
        for (int col = 0; col < phantom.labels.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            state = state * 1664525U + 1013904223U;
            const double chance = static_cast<double>(state >> 8U) / (1U << 24U);
            const double share = 1.2 * col / phantom.labels.cols - 0.2;
            if (is_paraspinal_muscle(phantom.labels[at]) && chance < share) {
                phantom.fat[at] = 1;
                phantom.slice.intensity[at] += 200;
            }
        }
    }
    const double truth = fat_pct(phantom.labels, phantom.fat);
    const ImageSlice corrected = correct_bias(phantom.slice, {});
    EXPECT_NEAR(fdr_pct(corrected, phantom.labels, FatMethod::reference), truth, 1);
    EXPECT_NEAR(fdr_pct(corrected, phantom.labels, FatMethod::otsu), truth, 1);
}

TEST(CorrectBias, KeepsMeanBrightnessAndGeometry) {
    FatPhantom phantom = fat_phantom({});
    phantom.slice.plane.origin_mm = {.x = 1, .y = 2, .z = 3};
    apply_field(phantom.slice, true);
    const ImageSlice corrected = correct_bias(phantom.slice, {});
    const Mask body = find_body(phantom.slice.intensity).mask;
    const double mean = mean_inside(phantom.slice, body);
    EXPECT_NEAR(mean_inside(corrected, body), mean, 1e-3 * mean);
    EXPECT_EQ(corrected.plane, phantom.slice.plane);
    EXPECT_EQ(corrected.spacing, phantom.slice.spacing);
}

TEST(CorrectBias, FollowsBrightnessAndContrast) {
    FatPhantom phantom = fat_phantom({});
    apply_field(phantom.slice, true);
    const ImageSlice one = correct_bias(phantom.slice, {});
    for (float& value : phantom.slice.intensity.pixels) {
        value = 2 * value + 100;
    }
    const ImageSlice two = correct_bias(phantom.slice, {});
    for (std::size_t i = 0; i < one.intensity.pixels.size(); ++i) {
        ASSERT_NEAR(two.intensity.pixels[i], 2 * one.intensity.pixels[i] + 100, 0.5);
    }
}

TEST(CorrectBias, GivesTheSameOnManyThreads) {
    FatPhantom phantom = fat_phantom({.size = 96});
    apply_field(phantom.slice, true);
    const ImageSlice expected = correct_bias(phantom.slice, {});
    std::vector<ImageSlice> results(4);
    std::vector<std::thread> threads;
    for (ImageSlice& result : results) {
        threads.emplace_back([&] { result = correct_bias(phantom.slice, {}); });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const ImageSlice& result : results) {
        EXPECT_EQ(result.intensity, expected.intensity);
    }
}

TEST(CorrectBias, LeavesTheSliceWhenOff) {
    const FatPhantom phantom = fat_phantom({});
    EXPECT_EQ(correct_bias(phantom.slice, {.enabled = false}).intensity, phantom.slice.intensity);
}

TEST(CorrectBias, RefusesWhatCannotBeFitted) {
    const auto code_of = [](const ImageSlice& slice) {
        try {
            correct_bias(slice, {});
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::usage;
    };
    ImageSlice slice = fat_phantom({.size = 64}).slice;
    slice.intensity.pixels[5] = std::numeric_limits<float>::infinity();
    EXPECT_EQ(code_of(slice), ErrorCode::invalid_value);
    slice.intensity = Image<float>({.rows = 64, .cols = 64}, 7);
    EXPECT_EQ(code_of(slice), ErrorCode::image_constant);
    slice.intensity = Image<float>({.rows = 1, .cols = 1}, 7);
    EXPECT_EQ(code_of(slice), ErrorCode::image_constant);
}

}  // namespace
}  // namespace paraspinal
