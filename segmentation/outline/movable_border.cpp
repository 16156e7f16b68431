// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/outline/movable_border.h"

#include "segmentation/surface.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr double kFarthestMm = 20;

double mean_side_mm(const PixelSpacing& spacing) {
    return std::sqrt(pixel_area_mm2(spacing));
}

// Outward distances of `places` from the border of `region`, whose surface pixels lie half a pixel
// inside of it.
std::vector<double> outward_mm(const std::vector<PixelIndex>& places,
                               const Mask& region,
                               const PixelSpacing& spacing) {
    const DistanceTo surface(surface_of(region), region.size(), spacing);
    const double half_mm = 0.5 * mean_side_mm(spacing);
    std::vector<double> distances;
    distances.reserve(places.size());
    for (const PixelIndex& at : places) {
        const double distance_mm = std::min(surface.from(at, kFarthestMm), kFarthestMm);
        distances.push_back(region[at] != 0 ? -distance_mm - half_mm : distance_mm - half_mm);
    }
    return distances;
}

double sd_of(const std::vector<double>& values) {
    double mean = 0;
    for (const double value : values) {
        mean += value / static_cast<double>(values.size());
    }
    double squares = 0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
    }
    return std::sqrt(squares / static_cast<double>(values.size()));
}

// Distance over which the correlation of `values` at `places` falls to one half.
double half_correlation_mm(const std::vector<PixelIndex>& places,
                           const std::vector<double>& values,
                           const PixelSpacing& spacing) {
    constexpr std::size_t kBins = 40;  // Of 1 mm.
    std::vector<double> products(kBins, 0);
    std::vector<double> pairs(kBins, 0);
    double mean = 0;
    for (const double value : values) {
        mean += value / static_cast<double>(values.size());
    }
    for (std::size_t i = 0; i < places.size(); ++i) {
        for (std::size_t j = 0; j <= i; ++j) {
            const double apart_mm = std::hypot((places[i].row - places[j].row) * spacing.row_mm,
                                               (places[i].col - places[j].col) * spacing.col_mm);
            const auto bin = static_cast<std::size_t>(std::lround(apart_mm));
            if (bin < kBins) {
                products[bin] += (values[i] - mean) * (values[j] - mean);
                pairs[bin] += 1;
            }
        }
    }
    const double variance = products[0] / std::max(pairs[0], 1.0);
    for (std::size_t bin = 1; bin < kBins; ++bin) {
        if (pairs[bin] > 0 && products[bin] / pairs[bin] <= 0.5 * variance) {
            return static_cast<double>(bin);
        }
    }
    return kBins;
}

// The movement that gives `border` this area.
double movement_for(const MovableBorder& border, double area_mm2) {
    double low = -kFarthestMm;
    double high = kFarthestMm;
    constexpr int kHalvings = 40;
    for (int step = 0; step < kHalvings; ++step) {
        const double middle = 0.5 * (low + high);
        (border.area_mm2(middle) < area_mm2 ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

}  // namespace

MovableBorder::MovableBorder(const Mask& region, const PixelSpacing& spacing, double reach_mm)
    : pixel_mm2_(pixel_area_mm2(spacing)), pixel_mm_(mean_side_mm(spacing)) {
    const DistanceTo surface(surface_of(region), region.size(), spacing);
    const double far_mm = reach_mm + pixel_mm_;
    for (int row = 0; row < region.rows; ++row) {
        for (int col = 0; col < region.cols; ++col) {
            const PixelIndex at{.row = row, .col = col};
            const double distance_mm = surface.from(at, far_mm);
            const bool is_inside = region[at] != 0;
            if (distance_mm < far_mm) {
                const double half_mm = 0.5 * pixel_mm_;
                near_.push_back(
                    {.at = at,
                     .outward_mm = is_inside ? -distance_mm - half_mm : distance_mm - half_mm});
            } else if (is_inside) {
                core_.push_back(at);
            }
        }
    }
}

double MovableBorder::part_of(const BorderPixel& pixel, double outward_mm) const {
    return std::clamp(0.5 + (outward_mm - pixel.outward_mm) / pixel_mm_, 0.0, 1.0);
}

double MovableBorder::area_mm2(double outward_mm) const {
    auto pixels = static_cast<double>(core_.size());
    for (const BorderPixel& pixel : near_) {
        pixels += part_of(pixel, outward_mm);
    }
    return pixels * pixel_mm2_;
}

double MovableBorder::length_mm() const {
    constexpr double kStepMm = 0.5;
    return (area_mm2(kStepMm) - area_mm2(-kStepMm)) / (2 * kStepMm);
}

std::optional<BorderDisplacement> border_displacement(const Mask& first,
                                                      const Mask& second,
                                                      const PixelSpacing& spacing) {
    const std::vector<PixelIndex> surface = surface_of(first);
    const std::vector<PixelIndex> other_surface = surface_of(second);
    if (surface.empty() || other_surface.empty()) {
        return std::nullopt;
    }
    const double half_mm = 0.5 * mean_side_mm(spacing);
    std::vector<double> there = outward_mm(surface, second, spacing);
    std::ranges::transform(there, there.begin(), [&](double mm) { return mm + half_mm; });
    std::vector<double> both = outward_mm(other_surface, first, spacing);
    std::ranges::transform(both, both.begin(), [&](double mm) { return -mm - half_mm; });
    both.insert(both.end(), there.begin(), there.end());
    const MovableBorder border(first, spacing, kFarthestMm);
    const double area_mm2 = MovableBorder(second, spacing, 0).area_mm2(0);
    return BorderDisplacement{.mean_mm = -movement_for(border, area_mm2),
                              .sd_mm = sd_of(both),
                              .together_mm = 2 * half_correlation_mm(surface, there, spacing),
                              .length_mm = border.length_mm()};
}

}  // namespace paraspinal
