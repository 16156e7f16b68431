// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/labels/label_slices.h"
#include "pipeline/compare/labels/label_table.h"

#include <filesystem>
#include <utility>
#include <vector>

namespace paraspinal {

/// What one file outlines, as slices of labels.
struct OutlineSlices {
    std::vector<LabelSlice> slices;
    LabelTable table;  ///< What their values mean.
};

/// Whether the name is that of a file that read_outline_pair can take: a label map (NIfTI, PNG), a
/// DICOM object (.dcm), or ROIs of ImageJ (.roi, .zip).
bool is_outline_name(const std::filesystem::path& file);

/// Reads two files of outlines: NIfTI or PNG label maps (values as `table` has them), DICOM
/// Segmentations, ROIs of ImageJ, each known by its content or name. PNG files and ROIs have no
/// place in the patient: both files must lack it, and ROIs are drawn on one canvas that holds all
/// of both. Throws Error usage for a DICOM RT Structure Set, whose contours have no pixels; and
/// outline_mismatch where only one has a place, or segments overlap; and as read_own_outlines and
/// read_label_slices.
std::pair<OutlineSlices, OutlineSlices> read_outline_pair(const std::filesystem::path& first,
                                                          const std::filesystem::path& second,
                                                          const LabelTable& table);

}  // namespace paraspinal
