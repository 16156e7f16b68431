// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

#include <filesystem>

namespace paraspinal {

/// The labels of a NIfTI label map (values of Structure, 0 to 7) at the pixels of `slice`. The map
/// may have any grid: each pixel gets the voxel in whose box its center lies in the patient, so the
/// map must have a voxel within half of its own slice distance; pixels outside are background.
/// Reads one plane at a time.
///
/// Throws Error outline_mismatch (no overlap, no label on this slice, a value that is no
/// structure), missing_geometry (the map has no place in the patient) and as read_nifti_plane.
LabelMap read_nifti_labels(const std::filesystem::path& file, const ImageSlice& slice);

}  // namespace paraspinal
