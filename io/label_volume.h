// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <filesystem>
#include <vector>

namespace paraspinal {

/// The planes of a NIfTI file that is known to hold labels, for read_slice. Unlike find_studies it
/// takes those that a run of this program kept beside their image. Throws Error as
/// read_nifti_header.
std::vector<SliceHeader> label_volume_slices(const std::filesystem::path& file);

}  // namespace paraspinal
