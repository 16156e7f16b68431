// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/clusters.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace paraspinal {
namespace {

// `pixels` values of two Gaussians.
std::vector<Tally> two_gaussians(const BrightnessClass& dark, const BrightnessClass& bright) {
    std::mt19937 generator(3);
    std::normal_distribution<double> normal;
    std::vector<double> values;
    constexpr int kPixels = 20000;
    for (int i = 0; i < kPixels; ++i) {
        const BrightnessClass& from = i < dark.share * kPixels ? dark : bright;
        values.push_back(from.mean + from.deviation * normal(generator));
    }
    std::ranges::sort(values);
    return tallied(values);
}

TEST(FatClusters, FindsTwoGaussians) {
    const auto found = gaussian_classes(two_gaussians({.mean = 100, .deviation = 10, .share = 0.7},
                                                      {.mean = 200, .deviation = 30, .share = 0.3}),
                                        2);
    ASSERT_EQ(found.size(), 2);
    EXPECT_NEAR(found[0].mean, 100, 0.5);
    EXPECT_NEAR(found[0].deviation, 10, 0.5);
    EXPECT_NEAR(found[0].share, 0.7, 0.01);
    EXPECT_NEAR(found[1].mean, 200, 2);
    EXPECT_NEAR(found[1].deviation, 30, 1.5);
}

TEST(FatClusters, BorderIsWhereBothGaussiansAreAsLikely) {
    // Equal spread: the border is the middle plus s^2 ln(share ratio) / distance.
    const BrightnessClass dark{.mean = 100, .deviation = 20, .share = 0.8};
    const BrightnessClass bright{.mean = 180, .deviation = 20, .share = 0.2};
    EXPECT_NEAR(gaussian_border(dark, bright), 140 + 400 * std::log(4.0) / 80, 1e-6);
    EXPECT_EQ(kmeans_border(dark, bright), 140);
}

TEST(FatClusters, FindsClustersThatLieApart) {
    const auto found = kmeans_classes(two_gaussians({.mean = 50, .deviation = 5, .share = 0.9},
                                                    {.mean = 150, .deviation = 5, .share = 0.1}),
                                      2);
    EXPECT_NEAR(found[0].mean, 50, 0.3);
    EXPECT_NEAR(found[1].mean, 150, 0.6);
    EXPECT_NEAR(found[1].share, 0.1, 1e-3);
}

TEST(FatClusters, AshmansDistanceOfKnownGaussians) {
    const BrightnessClass dark{.mean = 0, .deviation = 3, .share = 0.5};
    const BrightnessClass bright{.mean = 10, .deviation = 4, .share = 0.5};
    EXPECT_NEAR(ashman_d(dark, bright), std::sqrt(2.0) * 2, 1e-12);
}

TEST(FatClusters, OneGaussianGainsNothingFromASecond) {
    const BrightnessClass same{.mean = 80, .deviation = 9, .share = 0.5};
    const auto one = two_gaussians(same, same);
    const auto split = gaussian_classes(one, 2);
    EXPECT_TRUE(two_class_gain(one, split) <= 0 || ashman_d(split[0], split[1]) < 2);
    const auto two = two_gaussians({.mean = 80, .deviation = 9, .share = 0.5},
                                   {.mean = 140, .deviation = 9, .share = 0.5});
    EXPECT_GT(two_class_gain(two, gaussian_classes(two, 2)), 0.5);
}

TEST(FatClusters, TalliesKeepPixelsAndMean) {
    const auto tallies = tallied({1, 1, 2, 5, 5, 5, 1000});
    double pixels = 0;
    double sum = 0;
    for (const Tally& tally : tallies) {
        pixels += tally.pixels;
        sum += tally.pixels * tally.value;
    }
    EXPECT_EQ(pixels, 7);
    EXPECT_NEAR(sum, 1019, 1e-9);
    EXPECT_LE(tallies.size(), 512U);
}

}  // namespace
}  // namespace paraspinal
