// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {

/// A NIfTI-1 or -2 volume as a stack of planes along its stored third axis. Header only.
struct NiftiVolume {
    ImageSize size;  ///< Rows follow the stored second axis, columns the first.
    int slices = 0;
    std::optional<PixelSpacing> spacing;
    double slice_spacing_mm = 0;            ///< Across the planes.
    std::optional<ImagePlane> first_plane;  ///< Absent when neither sform nor qform is set.
    Vec3 slice_step_mm;                     ///< From one plane to the next.
    std::string geometry_fault;  ///< Why plane or spacing is absent where the header states it.
};

/// Reads the header; patient coordinates are turned from the RAS of NIfTI to LPS. The sform counts
/// where its code is set, else the qform, as in nibabel and FSLeyes. Only the axes of a plane must
/// be at right angles, within kMostSkew; they are made so.
/// Throws Error unreadable_file, malformed_file, image_too_large (check_nifti_header),
/// and unsupported_encoding (a series in time, colors).
NiftiVolume read_nifti_header(const std::filesystem::path& file);

/// Where plane `k`, from 0, lies.
std::optional<ImagePlane> plane_of_slice(const NiftiVolume& volume, int k);

/// The values of plane `k`, scaled by scl_slope and scl_inter; NaN and infinity are 0.
/// Throws Error as read_nifti_header, and truncated_pixel_data.
Image<float> read_nifti_plane(const std::filesystem::path& file, int k);

/// The same for several planes, given in rising order: calls `take` with each. The file is unpacked
/// once, however many they are, and one plane at a time is in memory.
void read_nifti_planes(const std::filesystem::path& file,
                       const std::set<int>& planes,
                       const std::function<void(int k, Image<float> values)>& take);

/// Cosine of the angle between rows and columns: DICOM's directions written with two decimals and
/// less; what is beyond is a sheared image, of which areas would be wrong by more than 0.02 %.
inline constexpr double kMostSkew = 0.02;
/// Of a pixel; a spine is imaged with 0.3 to 2 mm, localizers with up to 4. Our choice.
inline constexpr double kSmallestPixelMm = 0.02;
inline constexpr double kLargestPixelMm = 20;
/// Of pixdim against the length of an axis: three decimals of a small voxel; areas then err by less
/// than 2 %. Our choice.
inline constexpr double kMostSizeError = 0.01;

}  // namespace paraspinal
