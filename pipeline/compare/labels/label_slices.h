// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/plane.h"
#include "core/structure.h"
#include "pipeline/compare/labels/label_table.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <vector>

namespace paraspinal {

/// One slice of a label map, and its grid in the patient, which PNG files do not have.
struct LabelSlice {
    Image<std::uint16_t> values;
    std::optional<ImageFrame> grid;
};

/// Whether the name is that of a label map that can be read: .nii, .nii.gz or .png.
bool is_label_file(const std::filesystem::path& file);

/// All slices of a NIfTI label map, or the one of a PNG. Throws Error malformed_file for values
/// that are no whole numbers from 0 to 65535, and as read_label_volume and read_png.
std::vector<LabelSlice> read_label_slices(const std::filesystem::path& file);

/// The labels at the pixel centers of `grid`: those of the nearest pixel (nearest_pixel) of the
/// slice in whose plane it lies (lies_in_plane), background beyond its border. A slice without a
/// grid stands for any grid of its size. nullopt when no slice lies in the plane, or the only one
/// is of another size.
std::optional<LabelMap> labels_on_grid(const std::vector<LabelSlice>& slices,
                                       const ImageFrame& grid,
                                       const LabelTable& table);

/// Values other than 0 that occur but are not in `table`.
std::set<int> unnamed_values(const std::vector<LabelSlice>& slices, const LabelTable& table);

}  // namespace paraspinal
