// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/imagej/roi.h"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace paraspinal {

/// Reads a .roi file, or each .roi in a .zip as the ROI Manager saves it. The name is that of the
/// entry in the .zip, or the one inside the .roi file, or else that of the file.
/// Throws Error input_not_found, unreadable_file, malformed_file (also: no ROI, more than
/// kMaxRois, larger than kMaxRoiBytes each), and as decode_imagej_roi with the number of the ROI.
std::vector<ImageJRoi> read_imagej_rois(const std::filesystem::path& file);

/// Writes a .zip that ImageJ's ROI Manager opens; entries are called `name`.roi. The same ROIs give
/// the same bytes. The file appears under its name only when complete.
/// Throws Error output_not_writable.
void write_imagej_rois(const std::filesystem::path& file, const std::vector<ImageJRoi>& rois);

/// Seven structures in a few parts each, with room for what else a reader draws.
inline constexpr int kMaxRois = 1000;

/// About 300,000 points; a muscle drawn freehand has some hundred.
inline constexpr std::size_t kMaxRoiBytes = std::size_t{4} << 20U;

}  // namespace paraspinal
