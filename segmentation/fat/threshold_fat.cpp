// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/threshold_fat.h"

#include "core/error.h"
#include "core/text.h"
#include "segmentation/fat/clusters.h"
#include "segmentation/fat/histogram.h"
#include "segmentation/fat/imagej_thresholds.h"
#include "segmentation/fat/method.h"
#include "segmentation/fat/one_class.h"
#include "segmentation/fat/resample.h"
#include "segmentation/fat/sample.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace paraspinal {
namespace {

// Of the methods that split the muscle pixels the one nearest to Dixon imaging, see docs/fat.md.
constexpr FatMethod kWithoutReference = FatMethod::li;

[[noreturn]] void fail(const std::string& why) {
    throw Error(ErrorCode::fat_threshold_failed, "the fat threshold cannot be found: " + why);
}

double class_threshold(const FatSample& sample, FatMethod method) {
    const bool mixture = method == FatMethod::gmm2 || method == FatMethod::gmm3;
    const int count = method == FatMethod::gmm3 || method == FatMethod::kmeans3 ? 3 : 2;
    const auto classes =
        mixture ? gaussian_classes(sample.tallies, count) : kmeans_classes(sample.tallies, count);
    const BrightnessClass& fat = classes.back();
    const BrightnessClass& next = classes[classes.size() - 2];
    return mixture ? gaussian_border(next, fat) : kmeans_border(next, fat);
}

double histogram_threshold(const FatSample& sample, FatMethod method) {
    const int level = imagej_threshold(gray_counts(sample.values, sample.scale), method);
    if (level < 0) {
        fail(std::string(fat_method_name(method)) + " finds no threshold; choose another method");
    }
    return sample.scale.value_of(level + 1);
}

bool works_on_classes(FatMethod method) {
    return method == FatMethod::gmm2 || method == FatMethod::gmm3 || method == FatMethod::kmeans2 ||
           method == FatMethod::kmeans3;
}

std::string way_text(double share) {
    return percent_text(share, 0) + " of the way from lean muscle to subcutaneous fat";
}

FatThreshold by_reference(const FatSample& sample, const FatOptions& options) {
    return {.method = FatMethod::reference,
            .value = reference_threshold(sample, options.reference_share),
            .evidence = way_text(options.reference_share)};
}

FatThreshold by_classes(const FatSample& sample,
                        const FatOptions& options,
                        const std::string& why) {
    FatThreshold result{.method = options.method, .single_class = !why.empty()};
    if (why.empty()) {
        result.value = works_on_classes(options.method)
                           ? class_threshold(sample, options.method)
                           : histogram_threshold(sample, options.method);
        result.evidence = "split of the muscle pixels";
    } else if (sample.reference) {
        result.value = reference_threshold(sample, options.reference_share);
        result.evidence = why + "; " + way_text(options.reference_share);
    } else {
        result.value = above_lean_threshold(sample);
        result.evidence = why + "; no subcutaneous fat in sight, taken as lean";
    }
    return result;
}

// The pixel value that `value` means: rounding must not part a pixel from its own threshold.
double snapped(const std::vector<double>& sorted, double value) {
    const double tolerance = 1e-5 * (sorted.back() - sorted.front());
    const auto nearest = std::ranges::lower_bound(sorted, value - tolerance);
    return nearest != sorted.end() && *nearest <= value + tolerance ? *nearest : value;
}

FatThreshold in_sample(const FatSample& sample, FatOptions options, const std::string& why) {
    if (options.method == FatMethod::reference && !sample.reference) {
        options.method = kWithoutReference;
    }
    FatThreshold result = options.method == FatMethod::reference ? by_reference(sample, options)
                                                                 : by_classes(sample, options, why);
    result.value = snapped(sample.values, result.value);
    return result;
}

FatThreshold by_operator(const ImageSlice& slice, const FatOptions& options) {
    const auto [darkest, brightest] = std::ranges::minmax(slice.intensity.pixels);
    const double value = options.fixed_threshold;
    if (!(value >= darkest && value <= brightest)) {
        fail("the fixed threshold " + shortest_text(value) +
             " lies outside of the image, which has " + shortest_text(darkest) + " to " +
             shortest_text(brightest) + "; give a value in the unit of the image");
    }
    return {.method = FatMethod::fixed, .value = value, .evidence = "set by the operator"};
}

std::string one_class(const FatSample& sample, const FatOptions& options) {
    return options.test_for_one_class ? why_one_class(sample) : "";
}

// nullopt when the method finds no threshold.
std::optional<FatThreshold> threshold_or_none(const FatSample& sample,
                                              const FatOptions& options,
                                              const std::string& why) {
    try {
        return in_sample(sample, options, why);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::fat_threshold_failed) {
            throw;
        }
        return std::nullopt;
    }
}

std::vector<FatThreshold> all_in_sample(const FatSample& sample,
                                        const FatOptions& options,
                                        const std::string& why) {
    std::vector<FatThreshold> thresholds;
    for (const FatMethod method : kDataDrivenFatMethods) {
        if (method == FatMethod::reference && !sample.reference) {
            continue;
        }
        FatOptions one = options;
        one.method = method;
        if (const auto threshold = threshold_or_none(sample, one, why)) {
            thresholds.push_back(*threshold);
        }
    }
    return thresholds;
}

void check(const FatOptions& options) {
    if (!(options.reference_share > 0 && options.reference_share < 1)) {
        throw Error(ErrorCode::usage,
                    "the share of the way to subcutaneous fat must lie between 0 and 1, not " +
                        shortest_text(options.reference_share));
    }
}

}  // namespace

FatThreshold threshold_fat(const ImageSlice& slice,
                           const LabelMap& labels,
                           const FatOptions& options) {
    check(options);
    const FatSample sample = fat_sample(slice, labels);
    return options.method == FatMethod::fixed
               ? by_operator(slice, options)
               : in_sample(sample, options, one_class(sample, options));
}

std::vector<FatThreshold> all_thresholds(const ImageSlice& slice,
                                         const LabelMap& labels,
                                         const FatOptions& options) {
    check(options);
    const FatSample sample = fat_sample(slice, labels);
    return all_in_sample(sample, options, one_class(sample, options));
}

FatAnalysis analyze_fat(const ImageSlice& slice,
                        const LabelMap& labels,
                        const FatOptions& options) {
    check(options);
    FatSample sample = fat_sample(slice, labels);
    const std::string why = one_class(sample, options);
    const bool is_fixed = options.method == FatMethod::fixed;
    FatAnalysis analysis{
        .threshold = is_fixed ? by_operator(slice, options) : in_sample(sample, options, why),
        .by_method = all_in_sample(sample, options, why)};
    if (!is_fixed) {
        for (const FatSample& drawn :
             resampled(sample, muscle_squares(slice, labels), options.resamples)) {
            if (const auto one = threshold_or_none(drawn, options, why)) {
                analysis.resampled.push_back(one->value);
            }
        }
    }
    if (sample.reference) {
        analysis.lean_value = lean_value(sample);
        analysis.subcutaneous_fat_value = sample.reference->fat;
    }
    analysis.muscle_values = std::move(sample.values);
    return analysis;
}

double fat_disagreement_pct(const ImageSlice& slice,
                            const LabelMap& labels,
                            const std::vector<FatThreshold>& thresholds) {
    if (thresholds.size() < 2) {
        return 0;
    }
    const auto [lowest, highest] =
        std::ranges::minmax(thresholds, {}, [](const FatThreshold& one) { return one.value; });
    double muscle = 0;
    double disputed = 0;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (is_paraspinal_muscle(labels.pixels[i])) {
            const double value = slice.intensity.pixels[i];
            muscle += 1;
            disputed += value >= lowest.value && value < highest.value ? 1 : 0;
        }
    }
    return muscle > 0 ? 100 * disputed / muscle : 0;
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
