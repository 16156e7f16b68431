// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/fat/histogram.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr int kLastLevel = 255;
// A value halfway between two levels goes up, also when rounding made it a little smaller.
constexpr double kTie = 1e-4;

// The step between the values when they are at most 256 and evenly spaced; 0 when not.
double lattice_step(const std::vector<float>& pixels) {
    std::vector<float> distinct;
    for (const float pixel : pixels) {
        const auto place = std::ranges::lower_bound(distinct, pixel);
        if (place != distinct.end() && *place == pixel) {
            continue;
        }
        if (distinct.size() > kLastLevel) {
            return 0;
        }
        distinct.insert(place, pixel);
    }
    double step = 0;
    for (std::size_t i = 1; i < distinct.size(); ++i) {
        const double gap = static_cast<double>(distinct[i]) - static_cast<double>(distinct[i - 1]);
        step = step > 0 ? std::min(step, gap) : gap;
    }
    const double first = distinct.front();
    const auto off_lattice = [&](float value) {
        const double level = (value - first) / step;
        return level > kLastLevel + 0.5 || std::abs(level - std::round(level)) > 1e-2;
    };
    return step > 0 && std::ranges::none_of(distinct, off_lattice) ? step : 0;
}

}  // namespace

int GrayScale::level_of(double value) const {
    const double level = std::floor((value - black) / step + 0.5 + kTie);
    return static_cast<int>(std::clamp(level, 0.0, static_cast<double>(kLastLevel)));
}

GrayScale gray_scale(const Image<float>& intensity) {
    const auto [darkest, brightest] = std::ranges::minmax(intensity.pixels);
    const double black = darkest;
    if (const double step = lattice_step(intensity.pixels); step > 0) {
        return {.black = black, .step = step};
    }
    const double range = static_cast<double>(brightest) - black;
    return {.black = black, .step = range > 0 ? range / kLastLevel : 1};
}

GrayCounts gray_counts(const std::vector<double>& values, const GrayScale& scale) {
    GrayCounts counts{};
    for (const double value : values) {
        ++counts.at(static_cast<std::size_t>(scale.level_of(value)));
    }
    return counts;
}

}  // namespace paraspinal
