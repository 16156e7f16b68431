// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace paraspinal {

/// Label maps are held in memory as a whole, in 2 bytes a voxel, and compared two at a time: 512
/// planes of 512 x 512, ten times what a lumbar MRI study has.
inline constexpr std::int64_t kMostLabelVoxels = std::int64_t{1} << 27;

/// Calls `take` with each plane of a NIfTI file that is known to hold labels, in order. The file is
/// unpacked once, one plane at a time. Unlike find_studies it takes those that a run of this
/// program kept beside their image. Throws Error image_too_large (more than kMostLabelVoxels), and
/// as read_nifti_planes and read_slice.
void read_label_volume(const std::filesystem::path& file,
                       const std::function<void(const ImageSlice& plane)>& take);

}  // namespace paraspinal
