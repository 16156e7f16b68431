// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/composition.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

namespace paraspinal {
namespace {

// A pixel of a paraspinal muscle, its place in mm.
struct Spot {
    double across = 0;
    double down = 0;
    bool is_fat = false;
};

std::vector<Spot> spots_of(const ImageSlice& even,
                           const LabelMap& labels,
                           double threshold,
                           Side side) {
    std::vector<Spot> spots;
    for (int row = 0; row < labels.rows; ++row) {
        for (int col = 0; col < labels.cols; ++col) {
            const Structure structure = labels[{.row = row, .col = col}];
            if (is_paraspinal_muscle(structure) && side_of(structure) == side) {
                spots.push_back({.across = col * even.spacing.col_mm,
                                 .down = row * even.spacing.row_mm,
                                 .is_fat = even.intensity[{.row = row, .col = col}] >= threshold});
            }
        }
    }
    return spots;
}

Spot center_of(const std::vector<Spot>& spots) {
    Spot sum;
    for (const Spot& spot : spots) {
        sum.across += spot.across;
        sum.down += spot.down;
    }
    const auto count = static_cast<double>(spots.size());
    return {.across = sum.across / count, .down = sum.down / count};
}

// Of the side of `spots`, whose other side lies around `other`.
QuarterFdr quarters_of(const std::vector<Spot>& spots, const Spot& other) {
    const Spot center = center_of(spots);
    const auto outward = [&](const Spot& spot) {
        return (spot.across - other.across) * (center.across - other.across) +
               (spot.down - other.down) * (center.down - other.down);
    };
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    for (const Spot& spot : spots) {
        least = std::min(least, outward(spot));
        most = std::max(most, outward(spot));
    }
    std::array<int, kQuarters> pixels{};
    std::array<int, kQuarters> fat{};
    for (const Spot& spot : spots) {
        const double part = most > least ? (outward(spot) - least) / (most - least) : 0;
        const std::size_t quarter =
            std::min(static_cast<std::size_t>(part * kQuarters), kQuarters - 1);
        pixels.at(quarter) += 1;
        fat.at(quarter) += spot.is_fat ? 1 : 0;
    }
    QuarterFdr shares;
    for (std::size_t i = 0; i < kQuarters; ++i) {
        if (pixels.at(i) > 0) {
            shares.at(i) = 100.0 * fat.at(i) / pixels.at(i);
        }
    }
    return shares;
}

std::optional<double> mean_signal(const ImageSlice& even,
                                  const LabelMap& labels,
                                  const auto& belongs) {
    double sum = 0;
    int count = 0;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (belongs(labels.pixels[i])) {
            sum += even.intensity.pixels[i];
            ++count;
        }
    }
    return count > 0 ? std::optional(sum / count) : std::nullopt;
}

std::optional<double> ratio_of(const std::optional<double>& over,
                               const std::optional<double>& under) {
    return over && under && *over > 0 && *under > 0 ? std::optional(*over / *under) : std::nullopt;
}

bool is_psoas(Structure structure) {
    return structure == Structure::psoas_right || structure == Structure::psoas_left;
}

// Its area, and the area of fat in it.
StructureMeasurement measured(const ImageSlice& even,
                              const LabelMap& labels,
                              const std::optional<double>& threshold,
                              Structure structure) {
    StructureMeasurement part{.structure = structure};
    std::int64_t fat = 0;
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        if (labels.pixels[i] == structure) {
            part.pixels += 1;
            fat += threshold && even.intensity.pixels[i] >= *threshold ? 1 : 0;
        }
    }
    const double pixel_mm2 = pixel_area_mm2(even.spacing);
    part.area_mm2 = static_cast<double>(part.pixels) * pixel_mm2;
    if (threshold && part.pixels > 0) {
        part.fat_area_mm2 = static_cast<double>(fat) * pixel_mm2;
    }
    return part;
}

}  // namespace

Composition composition_of(const ImageSlice& even,
                           const LabelMap& labels,
                           std::optional<double> threshold,
                           const std::optional<SeenFat>& fat) {
    Composition found{.psoas_right = measured(even, labels, threshold, Structure::psoas_right),
                      .psoas_left = measured(even, labels, threshold, Structure::psoas_left)};
    if (threshold) {
        const auto right = spots_of(even, labels, *threshold, Side::right);
        const auto left = spots_of(even, labels, *threshold, Side::left);
        if (!right.empty() && !left.empty()) {
            found.right_quarters_pct = quarters_of(right, center_of(left));
            found.left_quarters_pct = quarters_of(left, center_of(right));
        }
    }
    const auto muscle = mean_signal(even, labels, is_paraspinal_muscle);
    found.muscle_psoas_ratio = ratio_of(muscle, mean_signal(even, labels, is_psoas));
    if (fat && fat->reference.place == FatPlace::subcutaneous) {
        found.muscle_fat_ratio = ratio_of(muscle, fat->reference.fat);
    }
    return found;
}

}  // namespace paraspinal
