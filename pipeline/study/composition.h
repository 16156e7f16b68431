// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/measurement.h"
#include "core/slice.h"
#include "core/structure.h"
#include "segmentation/fat/reference.h"

#include <array>
#include <cstddef>
#include <optional>

namespace paraspinal {

/// Parts of a side, from the midline outward.
inline constexpr std::size_t kQuarters = 4;
using QuarterFdr = std::array<std::optional<double>, kQuarters>;

/// What the image shows of muscle beyond areas and fat of the paraspinal muscles; docs/fat.md. What
/// is not outlined, or has no threshold of fat, is nothing.
struct Composition {
    StructureMeasurement psoas_right{.structure = Structure::psoas_right};
    StructureMeasurement psoas_left{.structure = Structure::psoas_left};
    /// FDR of multifidus and erector spinae of a side in quarters of its width, the medial one
    /// first, percent.
    QuarterFdr right_quarters_pct;
    QuarterFdr left_quarters_pct;
    std::optional<double> muscle_psoas_ratio;  ///< Mean signals, paraspinal over psoas.
    std::optional<double> muscle_fat_ratio;    ///< Paraspinal over subcutaneous fat.
};

/// The composition of what `labels` outline on `even`, which is corrected for its field. Pixels at
/// or above `threshold` are fat. Quarters have one width, along the line through the centers of the
/// muscles of both sides; a side alone has none. Where `fat` lies elsewhere than under the skin
/// there is no ratio to it.
Composition composition_of(const ImageSlice& even,
                           const LabelMap& labels,
                           std::optional<double> threshold,
                           const std::optional<SeenFat>& fat);

}  // namespace paraspinal
