// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"
#include "io/dicom_outlines/segmentation_object.h"
#include "io/dicom_outlines/structure_set.h"
#include "io/imagej/archive.h"
#include "io/imagej/roi.h"

#include <filesystem>
#include <string>
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

/// A part of what was drawn: pixels of a segment in one plane, or one contour.
struct DrawnPart {
    int number = 0;  ///< Of its segment or ROI.
    Structure structure = Structure::background;
    std::string frame_of_reference_uid;  ///< May be empty.
    std::variant<SegmentPart, Contour> shape;
};

/// A DICOM Segmentation or RT Structure Set, without what is to be ignored.
struct DicomDrawing {
    std::filesystem::path file;
    std::string source;                   ///< "dicom_seg" or "dicom_rtstruct".
    std::vector<std::string> study_uids;  ///< That it says it belongs to.
    std::vector<DrawnPart> parts;
};

/// Outlines that the operator drew on slices of one study.
using OwnOutlines = std::variant<std::vector<StructureRoi>, LabelFile, DicomDrawing>;

/// The files that the operator named.
struct OwnOutlineFiles {
    std::filesystem::path outlines;
    std::filesystem::path roi_names;  ///< As read_roi_names; may be empty.
};

/// Reads a DICOM Segmentation or RT Structure Set (known by content, whatever the name), ImageJ's
/// .roi or .zip, or remembers a NIfTI label map. Names of ROIs and labels of segments become
/// structures by the file of names, else by structure_from_name, else, of a segment, by its SNOMED
/// CT codes; segments of adipose tissue are left out, because fat is measured.
/// Throws Error input_not_found, as read_dicom_outlines, read_imagej_rois and read_roi_names;
/// outline_mismatch for names without a meaning, a segment whose label and codes contradict each
/// other, open contours, nothing outlined, and ImageJ ROIs drawn on several slices of a stack;
/// usage when a NIfTI label map comes with names.
OwnOutlines read_own_outlines(const OwnOutlineFiles& files);

}  // namespace paraspinal
