// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/overlap.h"

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// Sum of the values that are there.
class PresentMean {
  public:
    void add(const std::optional<double>& value);
    /// Nothing where none was there.
    [[nodiscard]] std::optional<double> value() const;

  private:
    double sum_ = 0;
    int count_ = 0;
};

/// Means of the overlaps of one region.
struct OverlapMeans {
    int count = 0;  ///< Of slices, or of studies.
    PresentMean dice;
    PresentMean hausdorff95_mm;
    PresentMean surface_mm;
    PresentMean difference_mm2;
    PresentMean second_area_mm2;
    int both = 0;  ///< Of `count`, with both outlines: the distances are from these.

    /// The mean difference of the areas in percent of the mean area of the second; nothing where
    /// that is 0.
    [[nodiscard]] std::optional<double> difference_pct() const;
    void add(const Overlap& overlap);
};

/// The first cells of a row for people: count, both, Dice, HD95 and surface distance in mm.
std::vector<std::string> overlap_cells(const OverlapMeans& means);

}  // namespace paraspinal
