// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace paraspinal {

/// A NIfTI-1 or -2 volume as a stack of planes along its stored third axis. Header only.
struct NiftiVolume {
    ImageSize size;  ///< Rows follow the stored second axis, columns the first.
    int slices = 0;
    std::optional<PixelSpacing> spacing;
    double slice_spacing_mm = 0;
    std::optional<ImagePlane> first_plane;  ///< Absent when neither sform nor qform is set.
    Vec3 slice_step_mm;                     ///< From one plane to the next.
};

/// Reads the header; patient coordinates are turned from the RAS of NIfTI to LPS.
/// Throws Error unreadable_file, malformed_file, image_too_large (check_nifti_header) and
/// unsupported_encoding (a series in time, colors).
NiftiVolume read_nifti_header(const std::filesystem::path& file);

/// Where plane `k`, from 0, lies.
std::optional<ImagePlane> plane_of_slice(const NiftiVolume& volume, int k);

/// The values of plane `k`, scaled by scl_slope and scl_inter; may hold NaN where the file does.
/// Throws Error as read_nifti_header, and truncated_pixel_data.
Image<float> read_nifti_plane(const std::filesystem::path& file, int k);

}  // namespace paraspinal
