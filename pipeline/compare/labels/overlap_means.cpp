// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/overlap_means.h"

#include "pipeline/compare/agreement_cells.h"

namespace paraspinal {

void PresentMean::add(const std::optional<double>& value) {
    sum_ += value.value_or(0);
    count_ += value ? 1 : 0;
}

std::optional<double> PresentMean::value() const {
    return count_ > 0 ? std::optional(sum_ / count_) : std::nullopt;
}

void OverlapMeans::add(const Overlap& overlap) {
    ++count;
    dice.add(overlap.dice);
    hausdorff95_mm.add(overlap.hausdorff95_mm);
    surface_mm.add(overlap.mean_surface_distance_mm);
    difference_mm2.add(area_difference_mm2(overlap));
    second_area_mm2.add(overlap.second_area_mm2);
    both += overlap.hausdorff95_mm ? 1 : 0;
}

std::optional<double> OverlapMeans::difference_pct() const {
    const double second = second_area_mm2.value().value_or(0);
    return second > 0 ? std::optional(100 * difference_mm2.value().value_or(0) / second)
                      : std::nullopt;
}

std::vector<std::string> overlap_cells(const OverlapMeans& means) {
    return {std::to_string(means.count),
            std::to_string(means.both),
            number_text(means.dice.value(), 3),
            number_text(means.hausdorff95_mm.value(), 2),
            number_text(means.surface_mm.value(), 2)};
}

}  // namespace paraspinal
