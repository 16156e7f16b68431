// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <vector>

namespace paraspinal {

/// Where the back of the paraspinal muscles lies on a slice, in the patient's directions.
class MuscleBack {
  public:
    /// The muscles of `labels` must have a pixel. Between muscles the back is a straight line;
    /// beside them it goes on for `flank_mm` at the depth of their outer five pixels.
    MuscleBack(const ImageSlice& slice, const LabelMap& labels, double flank_mm);

    /// Whether a pixel lies behind the muscles or their flanks.
    [[nodiscard]] bool is_behind(PixelIndex at) const;
    /// How far a pixel lies to the patient's left of the middle of the muscles, mm.
    [[nodiscard]] double left_of_middle_mm(PixelIndex at) const;

  private:
    struct Place {
        int column = 0;  // Of the patient, in steps of a pixel, to the left.
        double backwards_mm = 0;
    };
    [[nodiscard]] Place place_of(PixelIndex at) const;

    ImagePlane plane_;
    PixelSpacing spacing_;
    int first_column_ = 0;
    double middle_mm_ = 0;
    std::vector<double> edge_mm_;  // From first_column_ on.
};

}  // namespace paraspinal
