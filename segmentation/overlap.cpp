// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "segmentation/overlap.h"

#include "core/error.h"
#include "core/quantile.h"
#include "segmentation/surface.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace paraspinal {
namespace {

/// The way from each pixel of one surface to the other.
struct Way {
    const std::vector<PixelIndex>& from;
    const std::vector<PixelIndex>& to;
};

std::vector<double> distances_mm(const Way& way, ImageSize size, const PixelSpacing& spacing) {
    const DistanceTo distance(way.to, size, spacing);
    std::vector<double> distances;
    distances.reserve(way.from.size());
    for (const PixelIndex& pixel : way.from) {
        distances.push_back(distance.from(pixel));
    }
    return distances;
}

double perimeter_mm(const Mask& mask, const PixelSpacing& spacing) {
    cv::Mat pixels(mask.rows, mask.cols, CV_8U);
    std::ranges::copy(mask.pixels, pixels.ptr<std::uint8_t>());
    std::vector<std::vector<cv::Point>> borders;
    cv::findContours(pixels, borders, cv::RETR_LIST, cv::CHAIN_APPROX_NONE);
    double length_mm = 0;
    for (const std::vector<cv::Point>& border : borders) {
        std::vector<cv::Point2f> places_mm;
        for (const cv::Point& at : border) {
            places_mm.emplace_back(static_cast<float>(at.x * spacing.col_mm),
                                   static_cast<float>(at.y * spacing.row_mm));
        }
        length_mm += cv::arcLength(places_mm, true);
    }
    return length_mm;
}

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

void add_distances(Overlap& overlap,
                   const Mask& first,
                   const Mask& second,
                   const PixelSpacing& spacing) {
    const std::vector<PixelIndex> surface = surface_of(first);
    const std::vector<PixelIndex> other_surface = surface_of(second);
    if (surface.empty() || other_surface.empty()) {
        return;
    }
    const auto there = distances_mm({.from = surface, .to = other_surface}, first.size(), spacing);
    const auto back = distances_mm({.from = other_surface, .to = surface}, first.size(), spacing);
    constexpr double kShare = 0.95;
    overlap.hausdorff95_mm = std::max(quantile(there, kShare), quantile(back, kShare));
    overlap.mean_surface_distance_mm =
        (sum(there) + sum(back)) / static_cast<double>(there.size() + back.size());
}

}  // namespace

std::vector<Region> regions_of(std::span<const Structure> structures) {
    const auto has = [&](Structure structure) {
        return std::ranges::find(structures, structure) != structures.end();
    };
    std::vector<Region> regions;
    for (const Structure structure : kStructures) {
        if (has(structure)) {
            regions.push_back(
                {.name = std::string(label_name(structure)), .structures = {structure}});
        }
    }
    if (std::ranges::all_of(kParaspinalMuscles, has)) {
        regions.push_back({.name = kParaspinalRegion,
                           .structures = {kParaspinalMuscles.begin(), kParaspinalMuscles.end()}});
    }
    return regions;
}

Mask region_mask(const LabelMap& labels, const Region& region) {
    Mask mask(labels.size());
    std::ranges::transform(labels.pixels, mask.pixels.begin(), [&](Structure structure) {
        const bool inside =
            std::ranges::find(region.structures, structure) != region.structures.end();
        return static_cast<std::uint8_t>(inside ? 1 : 0);
    });
    return mask;
}

double area_difference_mm2(const Overlap& overlap) {
    return overlap.first_area_mm2 - overlap.second_area_mm2;
}

std::optional<double> area_difference_pct(const Overlap& overlap) {
    if (overlap.second_area_mm2 <= 0) {
        return std::nullopt;
    }
    return 100 * area_difference_mm2(overlap) / overlap.second_area_mm2;
}

std::optional<double> perimeter_ratio(const Overlap& overlap) {
    return overlap.first_perimeter_mm > 0 && overlap.second_perimeter_mm > 0
               ? std::optional(overlap.first_perimeter_mm / overlap.second_perimeter_mm)
               : std::nullopt;
}

Overlap measure_overlap(const Mask& first, const Mask& second, const PixelSpacing& spacing) {
    if (first.size() != second.size()) {
        throw Error(ErrorCode::internal, "masks to compare differ in size");
    }
    double first_pixels = 0;
    double second_pixels = 0;
    double common_pixels = 0;
    for (std::size_t i = 0; i < first.pixels.size(); ++i) {
        const bool in_first = first.pixels[i] != 0;
        const bool in_second = second.pixels[i] != 0;
        first_pixels += in_first ? 1 : 0;
        second_pixels += in_second ? 1 : 0;
        common_pixels += in_first && in_second ? 1 : 0;
    }
    const double pixel_mm2 = pixel_area_mm2(spacing);
    Overlap overlap{.first_area_mm2 = first_pixels * pixel_mm2,
                    .second_area_mm2 = second_pixels * pixel_mm2,
                    .first_perimeter_mm = perimeter_mm(first, spacing),
                    .second_perimeter_mm = perimeter_mm(second, spacing)};
    if (first_pixels + second_pixels > 0) {
        overlap.dice = 2 * common_pixels / (first_pixels + second_pixels);
    }
    add_distances(overlap, first, second, spacing);
    return overlap;
}

}  // namespace paraspinal
