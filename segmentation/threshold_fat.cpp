// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/threshold_fat.h"

#include "core/error.h"
#include "core/text.h"
#include "segmentation/fat_clusters.h"
#include "segmentation/fat_histogram.h"
#include "segmentation/fat_reference.h"
#include "segmentation/fat_sample.h"
#include "segmentation/percentile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace paraspinal {
namespace {

// Ashman's D above 2 separates two Gaussians. Source: doi:10.1086/117248.
constexpr double kSeparateClasses = 2;
// On T2 lean muscle has 15-45 % of the brightness of fat. A class below the first share of it is
// not fat, one above the second is not lean.
constexpr double kDarkestFat = 0.4;
constexpr double kBrightestLean = 0.6;
// Where the slice shows no fat to compare with: a lean pixel in 30 000 lies this far above.
constexpr double kLeanDeviations = 4;
constexpr double kDeviationsPerMad = 1.4826;

struct Sample {
    std::vector<double> values;  // Ascending.
    std::optional<FatReference> reference;

    [[nodiscard]] double median() const { return values[values.size() / 2]; }
    // 0 without signal, 1 like subcutaneous fat.
    [[nodiscard]] double fat_likeness(double value) const {
        return (value - reference->air) / (reference->fat - reference->air);
    }
};

[[noreturn]] void fail(const std::string& why) {
    throw Error(ErrorCode::fat_threshold_failed, "the fat threshold cannot be found: " + why);
}

std::optional<FatReference> usable_reference(const ImageSlice& slice,
                                             const LabelMap& labels,
                                             const std::vector<double>& values) {
    std::optional<FatReference> reference = subcutaneous_fat(slice, labels);
    // Fat that is darker than the darker muscle pixels has been looked for in the wrong place.
    if (reference &&
        !(reference->fat > values[values.size() / 4] && reference->fat > reference->air)) {
        reference.reset();
    }
    return reference;
}

// Typical lean muscle: half of the pixels that are less than half as bright as fat; nullopt when
// there are hardly any.
std::optional<double> lean_brightness(const Sample& sample) {
    const double half = 0.5 * (sample.reference->air + sample.reference->fat);
    const auto end = std::ranges::lower_bound(sample.values, half);
    const auto count = static_cast<std::size_t>(end - sample.values.begin());
    constexpr std::size_t kLeastShare = 50;  // One pixel in 50.
    if (count * kLeastShare < sample.values.size()) {
        return std::nullopt;
    }
    return sample.values[count / 2];
}

// Lean muscle beside which no other is seen, as a share of the brightness of fat.
constexpr double kUsualLean = 0.3;

double reference_threshold(const Sample& sample, double share) {
    const FatReference& seen = *sample.reference;
    const double usual = seen.air + kUsualLean * (seen.fat - seen.air);
    const double lean = lean_brightness(sample).value_or(usual);
    return lean + share * (seen.fat - lean);
}

// Where the muscles are one class and nothing shows what fat looks like, they are taken as lean.
double above_lean_threshold(const Sample& sample) {
    std::vector<double> distances;
    for (const double value : sample.values) {
        distances.push_back(std::abs(value - sample.median()));
    }
    const double deviation = kDeviationsPerMad * percentile(distances, 0.5);
    return sample.median() + kLeanDeviations * std::max(deviation, 1e-6 * sample.values.back());
}

// Why the muscles are not lean and fat but one of them; empty when there are both.
std::string why_one_class(const Sample& sample) {
    const std::vector<BrightnessClass> two = gaussian_classes(sample.values, 2);
    const double distance = ashman_d(two.front(), two.back());
    if (!(two_class_gain(sample.values, two) > 0) || distance < kSeparateClasses) {
        return "one class (Ashman's D " + fixed_text(distance, 2) + ")";
    }
    if (sample.reference && sample.fat_likeness(two.back().mean) < kDarkestFat) {
        return "no class as bright as subcutaneous fat";
    }
    if (sample.reference && sample.fat_likeness(two.front().mean) > kBrightestLean) {
        return "no class as dark as lean muscle";
    }
    return "";
}

double class_threshold(const Sample& sample, FatMethod method) {
    const bool mixture = method == FatMethod::gmm2 || method == FatMethod::gmm3;
    const int count = method == FatMethod::gmm3 || method == FatMethod::kmeans3 ? 3 : 2;
    const auto classes =
        mixture ? gaussian_classes(sample.values, count) : kmeans_classes(sample.values, count);
    const BrightnessClass& fat = classes.back();
    const BrightnessClass& next = classes[classes.size() - 2];
    return mixture ? gaussian_border(next, fat) : kmeans_border(next, fat);
}

double histogram_threshold(const ImageSlice& slice, const Sample& sample, FatMethod method) {
    const GrayScale scale = gray_scale(slice.intensity);
    const int level = imagej_threshold(gray_counts(sample.values, scale), method);
    if (level < 0) {
        fail(std::string(fat_method_name(method)) + " finds no threshold; choose another method");
    }
    return scale.value_of(level + 1);
}

double method_threshold(const ImageSlice& slice, const Sample& sample, FatMethod method) {
    switch (method) {
        case FatMethod::gmm2:
        case FatMethod::gmm3:
        case FatMethod::kmeans2:
        case FatMethod::kmeans3: return class_threshold(sample, method);
        default: return histogram_threshold(slice, sample, method);
    }
}

void check_fixed(const ImageSlice& slice, double threshold) {
    const auto [darkest, brightest] = std::ranges::minmax(slice.intensity.pixels);
    if (!(threshold >= darkest && threshold <= brightest)) {
        fail("the fixed threshold " + shortest_text(threshold) + " lies outside of the image, " +
             shortest_text(darkest) + " to " + shortest_text(brightest) +
             "; give a value in the unit of the image");
    }
}

// The pixel value that `value` means: rounding must not part a pixel from its own threshold.
double snapped(const std::vector<double>& sorted, double value) {
    const double tolerance = 1e-5 * (sorted.back() - sorted.front());
    const auto nearest = std::ranges::lower_bound(sorted, value - tolerance);
    return nearest != sorted.end() && *nearest <= value + tolerance ? *nearest : value;
}

}  // namespace

FatThreshold threshold_fat(const ImageSlice& slice,
                           const LabelMap& labels,
                           const FatOptions& options) {
    Sample sample{.values = muscle_values(slice, labels), .reference = {}};
    FatThreshold result{.method = options.method, .value = options.fixed_threshold};
    if (options.method == FatMethod::fixed) {
        check_fixed(slice, options.fixed_threshold);
        result.evidence = "set by the operator";
        return result;
    }
    sample.reference = usable_reference(slice, labels, sample.values);
    const std::string share_text =
        fixed_text(100 * options.reference_share, 0) + " % of the way to subcutaneous fat";
    if (options.method == FatMethod::reference) {
        if (!sample.reference) {
            fail("no subcutaneous fat is seen behind the muscles; choose another fat method");
        }
        result.value = reference_threshold(sample, options.reference_share);
        result.evidence = share_text;
    } else if (const std::string why =
                   options.test_for_one_class ? why_one_class(sample) : std::string();
               !why.empty()) {
        result.single_class = true;
        result.value = sample.reference ? reference_threshold(sample, options.reference_share)
                                        : above_lean_threshold(sample);
        result.evidence =
            why + "; " + (sample.reference ? share_text : "no subcutaneous fat, taken as lean");
    } else {
        result.value = method_threshold(slice, sample, options.method);
        result.evidence = "lean and fat class";
    }
    result.value = snapped(sample.values, result.value);
    return result;
}

Mask fat_mask(const ImageSlice& slice, const LabelMap& labels, const FatThreshold& threshold) {
    Mask fat(labels.size());
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const bool is_fat = is_paraspinal_muscle(labels.pixels[i]) &&
                            static_cast<double>(slice.intensity.pixels[i]) >= threshold.value;
        fat.pixels[i] = static_cast<std::uint8_t>(is_fat);
    }
    return fat;
}

}  // namespace paraspinal
