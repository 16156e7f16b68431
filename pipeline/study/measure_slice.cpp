// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/measure_slice.h"

#include "core/error.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace paraspinal {

SliceMeasurement measure_slice(const LabelMap& labels,
                               const Mask& fat,
                               const PixelSpacing& spacing) {
    if (labels.size() != fat.size()) {
        throw Error(ErrorCode::internal, "labels and fat mask have different sizes");
    }
    std::array<std::int64_t, kStructures.size() + 1> pixels{};
    std::array<std::int64_t, kStructures.size() + 1> fat_pixels{};
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        const auto label = static_cast<std::size_t>(labels.pixels[i]);
        pixels.at(label) += 1;
        const bool is_fat = is_paraspinal_muscle(labels.pixels[i]) && fat.pixels[i] != 0;
        fat_pixels.at(label) += is_fat ? 1 : 0;
    }
    const double pixel_mm2 = pixel_area_mm2(spacing);
    SliceMeasurement measured;
    for (const Structure structure : kStructures) {
        const auto label = static_cast<std::size_t>(structure);
        measured.structures.push_back(
            {.structure = structure,
             .pixels = pixels.at(label),
             .area_mm2 = static_cast<double>(pixels.at(label)) * pixel_mm2,
             .fat_area_mm2 = static_cast<double>(fat_pixels.at(label)) * pixel_mm2});
    }
    return measured;
}

}  // namespace paraspinal
