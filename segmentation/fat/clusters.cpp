// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/clusters.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace paraspinal {
namespace {

constexpr int kTallies = 512;
// Enough for the slowest mixture met; each step costs one pass over the tallies.
constexpr int kMostSteps = 200;
// A class must not collapse onto one value: this share of the range at least is its deviation.
constexpr double kLeastDeviation = 1e-3;

double density(const BrightnessClass& group, double value) {
    const double z = (value - group.mean) / group.deviation;
    return group.share / group.deviation * std::exp(-0.5 * z * z);
}

// Sums over pixels, with values counted from `origin` so that nothing cancels.
struct Moments {
    double origin = 0;
    double pixels = 0;
    double sum = 0;
    double squares = 0;

    void add(const Tally& tally, double share) {
        const double x = tally.value - origin;
        pixels += share * tally.pixels;
        sum += share * tally.pixels * x;
        squares += share * tally.pixels * x * x;
    }
    [[nodiscard]] BrightnessClass described(double all_pixels) const {
        const double mean = pixels > 0 ? sum / pixels : 0;
        const double variance = pixels > 0 ? squares / pixels - mean * mean : 0;
        return {.mean = origin + mean,
                .deviation = std::sqrt(std::max(variance, 0.0)),
                .share = pixels / all_pixels};
    }
};

double pixel_count(const std::vector<Tally>& tallies) {
    double count = 0;
    for (const Tally& tally : tallies) {
        count += tally.pixels;
    }
    return count;
}

double range_of(const std::vector<Tally>& tallies) {
    return tallies.back().value - tallies.front().value;
}

// Where `value` belongs among ascending centers.
std::size_t nearest(const std::vector<BrightnessClass>& classes, double value) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < classes.size(); ++i) {
        if (value >= kmeans_border(classes[i - 1], classes[i])) {
            best = i;
        }
    }
    return best;
}

// One expectation step: what each Gaussian holds of the pixels.
std::vector<Moments> expect(const std::vector<Tally>& tallies,
                            const std::vector<BrightnessClass>& classes) {
    std::vector<Moments> moments(classes.size(), Moments{.origin = tallies.front().value});
    std::vector<double> part(classes.size());
    for (const Tally& tally : tallies) {
        double sum = 0;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            part[i] = density(classes[i], tally.value);
            sum += part[i];
        }
        for (std::size_t i = 0; i < classes.size() && sum > 0; ++i) {
            moments[i].add(tally, part[i] / sum);
        }
    }
    return moments;
}

}  // namespace

std::vector<Tally> tallied(const std::vector<double>& sorted) {
    const double width = (sorted.back() - sorted.front()) / kTallies;
    std::vector<Tally> tallies;
    int last = -1;
    for (const double value : sorted) {
        const int bin = std::min(static_cast<int>((value - sorted.front()) / width), kTallies - 1);
        if (bin != last) {
            tallies.push_back({});
            last = bin;
        }
        Tally& tally = tallies.back();
        tally.pixels += 1;
        tally.value += (value - tally.value) / tally.pixels;
    }
    return tallies;
}

std::vector<BrightnessClass> kmeans_classes(const std::vector<Tally>& tallies, int count) {
    const double all_pixels = pixel_count(tallies);
    std::vector<BrightnessClass> classes(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < classes.size(); ++i) {
        const double place = (static_cast<double>(i) + 0.5) / count;
        classes[i].mean = tallies.front().value + place * range_of(tallies);
    }
    bool moved = true;
    for (int step = 0; moved && step < kMostSteps; ++step) {
        std::vector<Moments> moments(classes.size(), Moments{.origin = tallies.front().value});
        for (const Tally& tally : tallies) {
            moments[nearest(classes, tally.value)].add(tally, 1);
        }
        moved = false;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            BrightnessClass now = moments[i].described(all_pixels);
            now.mean = now.share > 0 ? now.mean : classes[i].mean;
            moved = moved || now.mean != classes[i].mean;
            classes[i] = now;
        }
    }
    return classes;
}

std::vector<BrightnessClass> gaussian_classes(const std::vector<Tally>& tallies, int count) {
    const double least = kLeastDeviation * range_of(tallies);
    const double all_pixels = pixel_count(tallies);
    std::vector<BrightnessClass> classes = kmeans_classes(tallies, count);
    for (BrightnessClass& group : classes) {
        group.deviation = std::max(group.deviation, least);
    }
    double change = least;
    for (int step = 0; change > 0.01 * least && step < kMostSteps; ++step) {
        const std::vector<Moments> moments = expect(tallies, classes);
        change = 0;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            BrightnessClass now = moments[i].described(all_pixels);
            now.mean = now.share > 0 ? now.mean : classes[i].mean;
            now.deviation = std::max(now.deviation, least);
            change = std::max(change, std::abs(now.mean - classes[i].mean));
            classes[i] = now;
        }
    }
    std::ranges::sort(classes, {}, &BrightnessClass::mean);
    return classes;
}

double kmeans_border(const BrightnessClass& dark, const BrightnessClass& bright) {
    return 0.5 * (dark.mean + bright.mean);
}

double gaussian_border(const BrightnessClass& dark, const BrightnessClass& bright) {
    double low = dark.mean;
    double high = bright.mean;
    if (!(density(bright, high) > density(dark, high))) {
        return high;
    }
    constexpr int kHalvings = 60;
    for (int step = 0; step < kHalvings; ++step) {
        const double middle = 0.5 * (low + high);
        (density(bright, middle) > density(dark, middle) ? high : low) = middle;
    }
    return high;
}

double ashman_d(const BrightnessClass& dark, const BrightnessClass& bright) {
    const double spread = std::hypot(dark.deviation, bright.deviation);
    return spread > 0 ? std::numbers::sqrt2 * std::abs(bright.mean - dark.mean) / spread : 0;
}

double two_class_gain(const std::vector<Tally>& tallies,
                      const std::vector<BrightnessClass>& two_classes) {
    const double all_pixels = pixel_count(tallies);
    Moments all{.origin = tallies.front().value};
    for (const Tally& tally : tallies) {
        all.add(tally, 1);
    }
    const BrightnessClass one = all.described(all_pixels);
    constexpr double kLeastDensity = 1e-300;  // The logarithm must stay finite.
    double gain = 0;
    for (const Tally& tally : tallies) {
        double two = kLeastDensity;
        for (const BrightnessClass& group : two_classes) {
            two += density(group, tally.value);
        }
        gain +=
            tally.pixels * (std::log(two) - std::log(density(one, tally.value) + kLeastDensity));
    }
    constexpr double kMoreParameters = 3;  // A mean, a deviation and a share.
    return (2 * gain - kMoreParameters * std::log(all_pixels)) / all_pixels;
}

}  // namespace paraspinal
