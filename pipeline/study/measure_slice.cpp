// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/measure_slice.h"

#include "core/error.h"

#include <array>
#include <cstddef>
#include <cstdint>

namespace paraspinal {

SliceMeasurement measure_slice(const LabelMap& labels, const PixelSpacing& spacing) {
    std::array<std::int64_t, kStructures.size() + 1> pixels{};
    for (const Structure structure : labels.pixels) {
        pixels.at(static_cast<std::size_t>(structure)) += 1;
    }
    SliceMeasurement measured;
    for (const Structure structure : kStructures) {
        const std::int64_t count = pixels.at(static_cast<std::size_t>(structure));
        measured.structures.push_back(
            {.structure = structure,
             .pixels = count,
             .area_mm2 = static_cast<double>(count) * pixel_area_mm2(spacing)});
    }
    return measured;
}

SliceMeasurement measure_slice(const LabelMap& labels,
                               const Mask& fat,
                               const PixelSpacing& spacing) {
    if (labels.size() != fat.size()) {
        throw Error(ErrorCode::internal, "labels and fat mask have different sizes");
    }
    std::array<std::int64_t, kStructures.size() + 1> fat_pixels{};
    for (std::size_t i = 0; i < labels.pixels.size(); ++i) {
        fat_pixels.at(static_cast<std::size_t>(labels.pixels[i])) += fat.pixels[i] != 0 ? 1 : 0;
    }
    SliceMeasurement measured = measure_slice(labels, spacing);
    for (StructureMeasurement& part : measured.structures) {
        if (is_paraspinal_muscle(part.structure)) {
            const std::int64_t count = fat_pixels.at(static_cast<std::size_t>(part.structure));
            part.fat_area_mm2 = static_cast<double>(count) * pixel_area_mm2(spacing);
        }
    }
    return measured;
}

}  // namespace paraspinal
