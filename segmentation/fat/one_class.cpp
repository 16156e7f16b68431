// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/one_class.h"

#include "core/text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace paraspinal {
namespace {

// Ashman's D above 2 separates two Gaussians. Source: doi:10.1086/117248.
constexpr double kSeparateClasses = 2;
// A class is fat only when it lies this share of the way from the other class to subcutaneous fat:
// on Dixon composites the noise of lean muscle reaches 0.12, partly fat muscle 0.4 and more.
constexpr double kLeastWayToFat = 0.2;
// On T2 lean muscle has 15-45 % of the brightness of fat; a class above this share is not lean.
constexpr double kBrightestLean = 0.6;
// Lean muscle spreads from its darkest pixels over this share of the way to fat (same source).
constexpr double kLeanWidth = 0.25;
// ... and in noise over this at most.
constexpr double kMostLeanWidth = 0.45;
// Lean muscle beside which no other is seen, as a share of the brightness of fat.
constexpr double kUsualLean = 0.3;
// A lean pixel in 700 is brighter than three deviations.
constexpr double kNoiseDeviations = 3;
// The part of a Gaussian below its mean less one deviation.
constexpr double kBelowDeviation = 0.1587;

double at_share(const FatReference& reference, double share) {
    return reference.air + share * (reference.fat - reference.air);
}

// As percentile, of ascending values.
double at_rank(std::span<const double> sorted, double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

struct Lean {
    double value = 0;
    double deviation = 0;  // Of the darker side, where no fat widens it.
};

// The peak at the dark end of the muscle pixels: its middle and the width of its dark side.
Lean lean_muscle(const FatSample& sample) {
    constexpr double kDarkest = 0.02;
    const double darkest = at_rank(sample.values, kDarkest);
    const double way = sample.reference->fat - darkest;
    double border = darkest + kLeanWidth * way;
    Lean lean;
    // A peak is as wide above its middle as below.
    for (int round = 0; round < 3; ++round) {
        const auto end = std::ranges::lower_bound(sample.values, border);
        const std::span dark(sample.values.begin(), end);
        lean.value = at_rank(dark, 0.5);
        lean.deviation = lean.value - at_rank(dark, kBelowDeviation);
        border =
            std::min(std::max(border, 2 * lean.value - darkest), darkest + kMostLeanWidth * way);
    }
    if (lean.value > at_share(*sample.reference, kBrightestLean)) {
        return {.value = at_share(*sample.reference, kUsualLean)};
    }
    return lean;
}

}  // namespace

std::string why_one_class(const FatSample& sample) {
    const std::vector<BrightnessClass> two = gaussian_classes(sample.tallies, 2);
    const double distance = ashman_d(two.front(), two.back());
    if (!(two_class_gain(sample.tallies, two) > 0) || distance < kSeparateClasses) {
        return "one class (Ashman's D " + fixed_text(distance, 2) + ")";
    }
    if (sample.reference && two.back().mean - two.front().mean <
                                kLeastWayToFat * (sample.reference->fat - two.front().mean)) {
        return "no class as bright as subcutaneous fat";
    }
    if (sample.reference && two.front().mean > at_share(*sample.reference, kBrightestLean)) {
        return "no class as dark as lean muscle";
    }
    return "";
}

double lean_value(const FatSample& sample) {
    return lean_muscle(sample).value;
}

double reference_threshold(const FatSample& sample, double share) {
    return std::lerp(lean_muscle(sample).value, sample.reference->fat, share);
}

double above_noise(const FatSample& sample) {
    const Lean lean = lean_muscle(sample);
    const double way = sample.reference->fat - lean.value;
    return lean.value + std::min(kNoiseDeviations * lean.deviation, 0.5 * way);
}

}  // namespace paraspinal
