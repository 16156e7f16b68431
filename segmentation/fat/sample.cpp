// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/sample.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

namespace paraspinal {
namespace {

// Fewer pixels than this (about 1 cm2 at 1 mm) give no distribution to split.
constexpr std::size_t kLeastPixels = 100;
// More distinct values than a drawn phantom has; real images have hundreds.
constexpr int kDrawnValues = 16;

[[noreturn]] void fail(const std::string& why) {
    throw Error(ErrorCode::fat_threshold_failed, "the fat threshold cannot be found: " + why);
}

// More than half of the muscle is clipped at the brightest value of the slice, and the rest shows
// that the image is none with a few drawn values.
bool is_saturated(const std::vector<double>& sorted, double brightest) {
    const auto below = std::ranges::lower_bound(sorted, brightest) - sorted.begin();
    if (2 * below >= std::ssize(sorted)) {
        return false;
    }
    int distinct = below > 0 ? 1 : 0;
    for (auto next = sorted.begin() + 1; next < sorted.begin() + below; ++next) {
        distinct += *next != *(next - 1) ? 1 : 0;
    }
    return distinct > kDrawnValues;
}

std::vector<double> muscle_values(const ImageSlice& slice, const LabelMap& labels) {
    std::vector<double> values;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(labels.pixels[i])) {
            values.push_back(slice.intensity.pixels[i]);
        }
    }
    if (values.empty()) {
        fail("no paraspinal muscle is outlined; check the outlines");
    }
    if (!std::ranges::all_of(slice.intensity.pixels,
                             [](float value) { return std::isfinite(value); })) {
        fail("the image holds pixels that are not numbers; export it again");
    }
    if (values.size() < kLeastPixels) {
        fail("the muscles have only " + std::to_string(values.size()) + " pixels, " +
             std::to_string(kLeastPixels) + " are needed; check the outlines");
    }
    std::ranges::sort(values);
    if (values.front() == values.back()) {
        fail("all muscle pixels have the same value; check the image and the outlines");
    }
    if (is_saturated(values, std::ranges::max(slice.intensity.pixels))) {
        fail(
            "most muscle pixels are clipped at the brightest value; export the image with its "
            "full range of values");
    }
    return values;
}

}  // namespace

FatSample fat_sample(const ImageSlice& slice, const LabelMap& labels) {
    if (labels.size() != slice.intensity.size()) {
        throw Error(ErrorCode::internal, "outlines and image differ in size");
    }
    FatSample sample{.values = muscle_values(slice, labels),
                     .tallies = {},
                     .scale = gray_scale(slice.intensity),
                     .reference = {},
                     .seen = see_fat(slice, labels)};
    sample.tallies = tallied(sample.values);
    if (sample.seen) {
        sample.reference = sample.seen->reference;
    }
    return sample;
}

}  // namespace paraspinal
