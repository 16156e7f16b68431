// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// A pixel near the border of a region.
struct BorderPixel {
    PixelIndex at;
    double outward_mm = 0;  ///< Distance of its center from the border; negative inside.
};

/// A region whose border can be moved.
class MovableBorder {
  public:
    /// Knows the pixels within `reach_mm` of the border of `region`.
    MovableBorder(const Mask& region, const PixelSpacing& spacing, double reach_mm);

    [[nodiscard]] const std::vector<BorderPixel>& pixels() const { return near_; }
    /// Pixels of the region that no movement within the reach can lose.
    [[nodiscard]] const std::vector<PixelIndex>& core() const { return core_; }

    /// The part of `pixel` that belongs to the region once its border has moved by `outward_mm`
    /// there, [0, 1]; without a movement it is that of the region.
    [[nodiscard]] double part_of(const BorderPixel& pixel, double outward_mm) const;

    /// Area when the whole border moves, mm2.
    [[nodiscard]] double area_mm2(double outward_mm) const;

    /// How much area a movement of 1 mm adds or takes, mm2 per mm.
    [[nodiscard]] double length_mm() const;

  private:
    std::vector<BorderPixel> near_;
    std::vector<PixelIndex> core_;
    double pixel_mm2_;
    double pixel_mm_;
};

/// Where one border lies beside another of the same thing.
struct BorderDisplacement {
    /// How far the whole first border lies outside of the second: moving it inwards by so much
    /// gives it the area of the second. Negative when the first region is smaller, mm.
    double mean_mm = 0;
    /// Deviation of the distances of single places of either border from the other, mm.
    double sd_mm = 0;
    /// Side of the squares within which places move together: twice the distance over which the
    /// correlation of their distances falls to one half, mm.
    double together_mm = 0;
    double length_mm = 0;  ///< As MovableBorder::length_mm of the first border.
};

/// nullopt when a region is empty. Movements beyond 20 mm count as 20 mm.
std::optional<BorderDisplacement> border_displacement(const Mask& first,
                                                      const Mask& second,
                                                      const PixelSpacing& spacing);

}  // namespace paraspinal
