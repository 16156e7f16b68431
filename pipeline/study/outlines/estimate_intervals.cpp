// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/outlines/estimate_intervals.h"

#include "core/error.h"
#include "core/quantile.h"
#include "segmentation/outline/movable_border.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numbers>
#include <random>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kDraws = 200;
constexpr std::uint32_t kSeed = 1;
// Larger movements of a place are cut: one in 80 of a normal distribution.
constexpr double kMostDeviations = 2.5;

// Box-Muller: std::normal_distribution gives other numbers with another standard library.
double normal(std::mt19937& generator) {
    constexpr double kRange = 4294967296.0;
    const auto first = static_cast<double>(generator());
    const auto second = static_cast<double>(generator());
    const double radius = std::sqrt(-2 * std::log((first + 1) / kRange));
    return radius * std::cos(2 * std::numbers::pi * second / kRange);
}

// The pixels near a border with what a draw asks of them, side by side for speed.
struct Place {
    BorderPixel pixel;
    double value = 0;
    std::size_t square = 0;
};

struct Band {
    std::vector<Place> places;
    std::size_t squares = 0;
};

Band band_of(const MovableBorder& border, const ImageSlice& slice, double together_mm) {
    Band band;
    std::map<std::pair<int, int>, std::size_t> numbers;
    for (const BorderPixel& pixel : border.pixels()) {
        const std::pair square(static_cast<int>(pixel.at.row * slice.spacing.row_mm / together_mm),
                               static_cast<int>(pixel.at.col * slice.spacing.col_mm / together_mm));
        const std::size_t number = numbers.try_emplace(square, numbers.size()).first->second;
        band.places.push_back(
            {.pixel = pixel, .value = slice.intensity[pixel.at], .square = number});
    }
    band.squares = numbers.size();
    return band;
}

std::vector<double> core_values(const MovableBorder& border, const Image<float>& intensity) {
    std::vector<double> values;
    values.reserve(border.core().size());
    for (const PixelIndex& at : border.core()) {
        values.push_back(intensity[at]);
    }
    std::ranges::sort(values);
    return values;
}

double at_or_above(const std::vector<double>& sorted, double threshold) {
    return static_cast<double>(sorted.end() - std::ranges::lower_bound(sorted, threshold));
}

// Where the border of the reference may lie, square by square.
std::vector<double> movements(const BorderError& error, std::size_t squares, std::mt19937& random) {
    const double whole_mm = -error.bias_mm + error.slice_sd_mm * normal(random);
    std::vector<double> outward_mm(squares);
    for (double& here_mm : outward_mm) {
        const double deviations = std::clamp(normal(random), -kMostDeviations, kMostDeviations);
        here_mm = whole_mm + error.local_sd_mm * deviations;
    }
    return outward_mm;
}

double reach_mm(const BorderError& error) {
    return std::abs(error.bias_mm) +
           kMostDeviations * std::hypot(error.slice_sd_mm, error.local_sd_mm);
}

struct Count {
    double pixels = 0;
    double fat = 0;
    double fraction = 0;  // Sum over the pixels.
};

// Where fat begins in a draw, and the scale of fat fractions.
struct Brightness {
    double threshold = 0;
    std::optional<FatScale> scale;
};

// Values that are almost the same, so that a draw need not look at every pixel of the core.
std::vector<std::pair<double, double>> tallied(const std::vector<double>& sorted) {
    constexpr std::size_t kTallies = 256;
    std::vector<std::pair<double, double>> tallies;
    for (std::size_t i = 0; i < kTallies; ++i) {
        const std::size_t first = i * sorted.size() / kTallies;
        const std::size_t last = (i + 1) * sorted.size() / kTallies;
        if (last > first) {
            tallies.emplace_back(sorted[(first + last) / 2], static_cast<double>(last - first));
        }
    }
    return tallies;
}

class Draws {
  public:
    Draws(const ImageSlice& slice, const Mask& region, const BorderError& error)
        : border_(region, slice.spacing, reach_mm(error)),
          band_(band_of(border_, slice, error.together_mm)),
          core_(core_values(border_, slice.intensity)),
          core_tallies_(tallied(core_)) {}

    [[nodiscard]] std::size_t squares() const { return band_.squares; }

    [[nodiscard]] Count count(const std::vector<double>& outward_mm,
                              const Brightness& brightness) const {
        Count count{.pixels = static_cast<double>(core_.size()),
                    .fat = at_or_above(core_, brightness.threshold)};
        const auto fraction = [&brightness](double value) {
            return brightness.scale ? fat_fraction(*brightness.scale, value) : 0;
        };
        for (const auto& [value, pixels] : core_tallies_) {
            count.fraction += pixels * fraction(value);
        }
        for (const Place& place : band_.places) {
            const double part = border_.part_of(place.pixel, outward_mm[place.square]);
            count.pixels += part;
            count.fat += place.value >= brightness.threshold ? part : 0;
            count.fraction += part > 0 ? part * fraction(place.value) : 0;
        }
        return count;
    }

  private:
    MovableBorder border_;
    Band band_;
    std::vector<double> core_;
    std::vector<std::pair<double, double>> core_tallies_;
};

// A border that moves blindly takes in fat beyond the fascia that no reader would: only the spread
// of the draws is theirs, their middle is what was measured.
void center(std::vector<double>& ratios_pct, double measured_pct, const BorderError& error) {
    double mean_pct = 0;
    for (const double ratio_pct : ratios_pct) {
        mean_pct += ratio_pct / static_cast<double>(ratios_pct.size());
    }
    for (double& ratio_pct : ratios_pct) {
        const double away_pct = error.fdr_stretch * (ratio_pct - mean_pct);
        ratio_pct = std::clamp(measured_pct - error.fdr_bias_pct + away_pct, 0.0, 100.0);
    }
}

double fdr_of(const Count& count) {
    return count.pixels > 0 ? 100 * count.fat / count.pixels : 0;
}

double fraction_of(const Count& count) {
    return count.pixels > 0 ? 100 * count.fraction / count.pixels : 0;
}

// What `draw` takes of the values and scales; the first draw those of the region as it is.
Brightness brightness_of(const RegionDoubt& doubt, std::size_t draw) {
    Brightness brightness{.threshold = doubt.thresholds[draw % doubt.thresholds.size()],
                          .scale = {}};
    if (!doubt.scales.empty()) {
        brightness.scale = doubt.scales[draw % doubt.scales.size()];
    }
    return brightness;
}

Interval interval_of(const std::vector<double>& drawn, double measured) {
    constexpr double kTail = 0.5 * (1 - kMeasurementCoverage);
    return {.low = std::min(quantile(drawn, kTail), measured),
            .high = std::max(quantile(drawn, 1 - kTail), measured),
            .coverage = kMeasurementCoverage};
}

}  // namespace

RegionIntervals estimate_intervals(const ImageSlice& even,
                                   const Mask& region,
                                   const RegionDoubt& doubt) {
    if (doubt.thresholds.empty() || region.size() != even.intensity.size()) {
        throw Error(ErrorCode::internal, "an interval needs a region of the slice and a threshold");
    }
    const BorderError error = doubt.border.value_or(BorderError{});
    const Draws draws(even, region, error);
    std::mt19937 random(kSeed);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same on every run.
    std::vector<double> areas_mm2;
    std::vector<double> ratios_pct;
    std::vector<double> fractions_pct;
    const double pixel_mm2 = pixel_area_mm2(even.spacing);
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
        const Count count =
            draws.count(movements(error, draws.squares(), random), brightness_of(doubt, draw));
        areas_mm2.push_back(count.pixels * pixel_mm2);
        ratios_pct.push_back(fdr_of(count));
        fractions_pct.push_back(fraction_of(count));
    }
    const Count measured =
        draws.count(std::vector<double>(draws.squares(), 0), brightness_of(doubt, 0));
    RegionIntervals intervals;
    if (doubt.border) {
        center(ratios_pct, fdr_of(measured), error);
        center(fractions_pct, fraction_of(measured), error);
        intervals.area_mm2 = interval_of(areas_mm2, measured.pixels * pixel_mm2);
    }
    intervals.fdr_pct = interval_of(ratios_pct, fdr_of(measured));
    if (!doubt.scales.empty()) {
        intervals.fat_fraction_pct = interval_of(fractions_pct, fraction_of(measured));
    }
    return intervals;
}

}  // namespace paraspinal
