// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"

#include <limits>
#include <vector>

namespace paraspinal {

/// Pixels of `mask` of which one of the four neighbors is outside; beyond the image is outside.
std::vector<PixelIndex> surface_of(const Mask& mask);

/// Distances between pixel centers to the nearest of some pixels of an image.
class DistanceTo {
  public:
    DistanceTo(const std::vector<PixelIndex>& pixels, ImageSize size, const PixelSpacing& spacing);

    /// Exact distance, mm; when it is `limit_mm` or more, any value that is not less.
    [[nodiscard]] double from(PixelIndex at,
                              double limit_mm = std::numeric_limits<double>::infinity()) const;

  private:
    Image<double> in_column_;  // Distance to the nearest pixel of the same column.
    double col_mm_;
};

}  // namespace paraspinal
