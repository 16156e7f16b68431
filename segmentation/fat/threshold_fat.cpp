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
#include <array>
#include <cstddef>
#include <utility>

namespace paraspinal {
namespace {

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

bool is_guarded(const FatOptions& options) {
    return options.guard.value_or(options.method == FatMethod::reference);
}

std::string way_text(const FatOptions& options, FatPlace place) {
    return percent_text(options.reference_share, 1) + " of the way from lean muscle to " +
           (place == FatPlace::subcutaneous ? "subcutaneous fat" : "fat elsewhere on the slice");
}

FatThreshold by_reference(const FatSample& sample, const FatOptions& options) {
    FatThreshold result{.method = FatMethod::reference,
                        .value = reference_threshold(sample, options.reference_share),
                        .evidence = way_text(options, sample.reference->place)};
    if (is_guarded(options)) {
        const double least = above_noise(sample);
        result.guard = least > result.value ? FatGuard::acted : FatGuard::on;
        if (result.guard == FatGuard::acted) {
            result.value = least;
            result.evidence =
                "three deviations above lean muscle, whose noise reaches farther than " +
                result.evidence;
        }
    }
    return result;
}

FatThreshold by_pixels(const FatSample& sample, const FatOptions& options) {
    return {.method = options.method,
            .value = works_on_classes(options.method) ? class_threshold(sample, options.method)
                                                      : histogram_threshold(sample, options.method),
            .guard = is_guarded(options) ? FatGuard::on : FatGuard::off,
            .evidence = "split of the muscle pixels"};
}

// The pixel value that `value` means: rounding must not part a pixel from its own threshold.
double snapped(const std::vector<double>& sorted, double value) {
    const double tolerance = 1e-5 * (sorted.back() - sorted.front());
    const auto nearest = std::ranges::lower_bound(sorted, value - tolerance);
    return nearest != sorted.end() && *nearest <= value + tolerance ? *nearest : value;
}

// nullopt where fat to compare with is needed and none is seen. `why` the guard acts; empty: not.
std::optional<FatThreshold> in_sample(const FatSample& sample,
                                      const FatOptions& options,
                                      const std::string& why) {
    const bool compares = options.method == FatMethod::reference || !why.empty();
    if (compares && !sample.reference) {
        return std::nullopt;
    }
    FatThreshold result = compares ? by_reference(sample, options) : by_pixels(sample, options);
    if (!why.empty()) {
        result.guard = FatGuard::acted;
        result.evidence = why + "; " + result.evidence;
    }
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

// Why a method that splits the muscles would split lean muscle; empty when it would not.
std::string why_guard_acts(const FatSample& sample, const FatOptions& options) {
    return is_guarded(options) && options.method != FatMethod::reference ? why_one_class(sample)
                                                                         : "";
}

// nullopt also when the method finds no threshold.
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

std::vector<FatThreshold> all_in_sample(const FatSample& sample, FatOptions options) {
    std::vector<FatThreshold> thresholds;
    options.guard = false;
    for (const FatMethod method : kDataDrivenFatMethods) {
        options.method = method;
        if (const auto threshold = threshold_or_none(sample, options, "")) {
            thresholds.push_back(*threshold);
        }
    }
    return thresholds;
}

std::optional<FatScale> scale_of(const FatSample& sample) {
    return sample.reference
               ? std::optional(FatScale{.lean = lean_value(sample), .fat = sample.reference->fat})
               : std::nullopt;
}

// `why` the guard acts on the whole muscle holds for its samples.
void add_sample(FatAnalysis& analysis,
                const FatSample& drawn,
                const FatOptions& options,
                const std::string& why) {
    if (const auto scale = scale_of(drawn)) {
        analysis.scales.push_back(*scale);
    }
    if (options.method != FatMethod::fixed) {
        if (const auto one = threshold_or_none(drawn, options, why)) {
            analysis.resampled.push_back(one->value);
        }
    }
}

void check(const FatOptions& options) {
    if (!(options.reference_share > 0 && options.reference_share < 1)) {
        throw Error(ErrorCode::usage,
                    "the share of the way to fat must lie between 0 and 1, not " +
                        shortest_text(options.reference_share));
    }
}

}  // namespace

std::string_view fat_guard_name(FatGuard guard) {
    constexpr std::array<std::string_view, 3> kNames{"off", "on", "acted"};
    return kNames.at(static_cast<std::size_t>(guard));
}

FatThreshold threshold_fat(const ImageSlice& slice,
                           const LabelMap& labels,
                           const FatOptions& options) {
    check(options);
    const FatSample sample = fat_sample(slice, labels);
    if (options.method == FatMethod::fixed) {
        return by_operator(slice, options);
    }
    const auto threshold = in_sample(sample, options, why_guard_acts(sample, options));
    if (!threshold) {
        fail("the slice shows no fat to compare the muscles with; choose a method that needs none");
    }
    return *threshold;
}

std::vector<FatThreshold> all_thresholds(const ImageSlice& slice,
                                         const LabelMap& labels,
                                         const FatOptions& options) {
    check(options);
    return all_in_sample(fat_sample(slice, labels), options);
}

FatAnalysis analyze_fat(const ImageSlice& slice,
                        const LabelMap& labels,
                        const FatOptions& options) {
    check(options);
    FatSample sample = fat_sample(slice, labels);
    FatAnalysis analysis{.by_method = all_in_sample(sample, options)};
    std::string why;
    if (options.method == FatMethod::fixed) {
        analysis.threshold = by_operator(slice, options);
    } else {
        why = why_guard_acts(sample, options);
        analysis.threshold = in_sample(sample, options, why);
    }
    analysis.scale = scale_of(sample);
    for (const FatSample& drawn :
         resampled(sample, muscle_squares(slice, labels), options.resamples)) {
        add_sample(analysis, drawn, options, why);
    }
    analysis.fat = std::move(sample.seen);
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
