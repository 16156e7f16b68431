// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/structure.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace paraspinal {

/// What two outlines are compared in: one structure, or several taken as one.
struct Region {
    std::string name;
    std::vector<Structure> structures;
    friend bool operator==(const Region&, const Region&) = default;
};

/// Name of the region of the four paraspinal muscles as one.
inline constexpr const char* kParaspinalRegion = "paraspinal";

/// Each of `structures` by itself, in label order, and then, when all four paraspinal muscles are
/// among them, these as one.
std::vector<Region> regions_of(std::span<const Structure> structures);

/// 1 where `labels` has one of the region's structures.
Mask region_mask(const LabelMap& labels, const Region& region);

/// How far two outlines of the same thing on the same grid agree.
struct Overlap {
    double first_area_mm2 = 0;
    double second_area_mm2 = 0;
    /// 2 x common area / sum of areas, [0, 1]; absent when both are empty.
    std::optional<double> dice;
    /// The larger of the two directed distances that 95 % of the surface pixels of one outline keep
    /// from the surface of the other, mm; absent when an outline is empty.
    std::optional<double> hausdorff95_mm;
    /// Mean distance of the surface pixels of both outlines from the surface of the other (average
    /// symmetric surface distance), mm; absent when an outline is empty.
    std::optional<double> mean_surface_distance_mm;
    /// Length of the borders, mm: the way through the centers of the border pixels, round holes and
    /// separate pieces too; longer than a smooth border by up to 8 %, of both alike.
    double first_perimeter_mm = 0;
    double second_perimeter_mm = 0;
};

/// First / second: how much rougher the first outline is, 1 where both are as smooth. Absent when
/// a border has no length.
std::optional<double> perimeter_ratio(const Overlap& overlap);

/// First - second, mm2.
double area_difference_mm2(const Overlap& overlap);
/// The same in percent of the second; absent when that is empty.
std::optional<double> area_difference_pct(const Overlap& overlap);

/// Surface pixels are those of which one of the four neighbors is outside, beyond the image
/// counting as outside; distances run between pixel centers in the plane of the slice. Throws Error
/// internal when the masks differ in size. Source of the definitions: Maier-Hein et al., Nature
/// Methods 2024;21:195-212, doi:10.1038/s41592-023-02151-z.
Overlap measure_overlap(const Mask& first, const Mask& second, const PixelSpacing& spacing);

}  // namespace paraspinal
