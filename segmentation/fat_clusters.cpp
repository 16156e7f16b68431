// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat_clusters.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>

namespace paraspinal {
namespace {

// Enough for the slowest mixture met; each step costs one pass over the pixels.
constexpr int kMostSteps = 200;
// A class must not collapse onto one value: this share of the range at least is its deviation.
constexpr double kLeastDeviation = 1e-3;

double density(const BrightnessClass& group, double value) {
    const double z = (value - group.mean) / group.deviation;
    return group.share / group.deviation * std::exp(-0.5 * z * z);
}

BrightnessClass class_of(std::vector<double>::const_iterator first,
                         std::vector<double>::const_iterator last,
                         std::size_t total) {
    const auto count = static_cast<double>(last - first);
    const double mean = std::accumulate(first, last, 0.0) / std::max(count, 1.0);
    double squares = 0;
    std::for_each(first, last, [&](double value) { squares += (value - mean) * (value - mean); });
    return {.mean = mean,
            .deviation = std::sqrt(squares / std::max(count, 1.0)),
            .share = count / static_cast<double>(total)};
}

std::vector<BrightnessClass> classes_between(const std::vector<double>& sorted,
                                             const std::vector<double>& borders) {
    std::vector<BrightnessClass> classes;
    auto first = sorted.begin();
    for (const double border : borders) {
        const auto last = std::lower_bound(first, sorted.end(), border);
        classes.push_back(class_of(first, last, sorted.size()));
        first = last;
    }
    classes.push_back(class_of(first, sorted.end(), sorted.size()));
    return classes;
}

std::vector<double> middles(const std::vector<double>& centers) {
    std::vector<double> borders;
    for (std::size_t i = 1; i < centers.size(); ++i) {
        borders.push_back(0.5 * (centers[i - 1] + centers[i]));
    }
    return borders;
}

struct Moments {
    double weight = 0;
    double sum = 0;
    double squares = 0;
};

// One expectation step: what each class holds of the pixels, values counted from `origin`.
std::vector<Moments> expect(const std::vector<double>& sorted,
                            const std::vector<BrightnessClass>& classes,
                            double origin) {
    std::vector<Moments> moments(classes.size());
    std::vector<double> part(classes.size());
    for (const double value : sorted) {
        double sum = 0;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            part[i] = density(classes[i], value);
            sum += part[i];
        }
        if (!(sum > 0)) {  // Far from every class: exp() has underflowed.
            continue;
        }
        const double x = value - origin;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const double share = part[i] / sum;
            moments[i].weight += share;
            moments[i].sum += share * x;
            moments[i].squares += share * x * x;
        }
    }
    return moments;
}

}  // namespace

std::vector<BrightnessClass> kmeans_classes(const std::vector<double>& sorted, int count) {
    std::vector<double> centers;
    for (int i = 0; i < count; ++i) {
        const double quantile = (i + 0.5) / count;
        centers.push_back(
            sorted[static_cast<std::size_t>(quantile * static_cast<double>(sorted.size() - 1))]);
    }
    std::vector<BrightnessClass> classes;
    for (int step = 0; step < kMostSteps; ++step) {
        classes = classes_between(sorted, middles(centers));
        bool moved = false;
        for (std::size_t i = 0; i < centers.size(); ++i) {
            if (classes[i].share > 0 && classes[i].mean != centers[i]) {
                centers[i] = classes[i].mean;
                moved = true;
            }
        }
        if (!moved) {
            break;
        }
    }
    return classes;
}

std::vector<BrightnessClass> gaussian_classes(const std::vector<double>& sorted, int count) {
    const double least = kLeastDeviation * (sorted.back() - sorted.front());
    const double origin = sorted[sorted.size() / 2];
    std::vector<BrightnessClass> classes = kmeans_classes(sorted, count);
    for (BrightnessClass& group : classes) {
        group.deviation = std::max(group.deviation, least);
    }
    for (int step = 0; step < kMostSteps; ++step) {
        const std::vector<Moments> moments = expect(sorted, classes, origin);
        double change = 0;
        for (std::size_t i = 0; i < classes.size(); ++i) {
            const Moments& held = moments[i];
            if (!(held.weight > 0)) {
                continue;
            }
            const double mean = held.sum / held.weight;
            const double variance = held.squares / held.weight - mean * mean;
            change = std::max(change, std::abs(origin + mean - classes[i].mean));
            classes[i] = {.mean = origin + mean,
                          .deviation = std::max(std::sqrt(std::max(variance, 0.0)), least),
                          .share = held.weight / static_cast<double>(sorted.size())};
        }
        if (change < 0.01 * least) {
            break;
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

double two_class_gain(const std::vector<double>& sorted,
                      const std::vector<BrightnessClass>& two_classes) {
    const BrightnessClass one = class_of(sorted.begin(), sorted.end(), sorted.size());
    double gain = 0;
    for (const double value : sorted) {
        double sum = 0;
        for (const BrightnessClass& group : two_classes) {
            sum += density(group, value);
        }
        gain += std::log(std::max(sum, 1e-300)) - std::log(std::max(density(one, value), 1e-300));
    }
    const auto count = static_cast<double>(sorted.size());
    constexpr double kMoreParameters = 3;  // A mean, a deviation and a share.
    return (2 * gain - kMoreParameters * std::log(count)) / count;
}

}  // namespace paraspinal
