// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"
#include "io/imagej_roi.h"

#include <filesystem>
#include <variant>
#include <vector>

namespace paraspinal {

/// An ROI and what it outlines.
struct StructureRoi {
    Structure structure = Structure::background;
    ImageJRoi roi;
};

/// A NIfTI label map, whose plane is read once the slice is known.
struct LabelFile {
    std::filesystem::path file;
};

/// Outlines that the operator drew, for one slice of one study.
using OwnOutlines = std::variant<std::vector<StructureRoi>, LabelFile>;

/// The files that the operator named.
struct OwnOutlineFiles {
    std::filesystem::path outlines;
    std::filesystem::path roi_names;  ///< As read_roi_names; may be empty.
};

/// Reads ImageJ's .roi or .zip, whose names become structures by the file of names or else by
/// structure_from_name, or remembers a NIfTI label map.
/// Throws Error as read_imagej_rois and read_roi_names; outline_mismatch for a name without a
/// meaning and for ROIs drawn on several slices of a stack; usage when a label map comes with
/// names.
OwnOutlines read_own_outlines(const OwnOutlineFiles& files);

}  // namespace paraspinal
