// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/plane.h"
#include "core/structure.h"
#include "io/dicom_outlines/image_reference.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// What a DICOM Segmentation says that a segment is.
struct SegmentMeaning {
    int number = 0;
    std::string label;               ///< UTF-8; free text.
    std::optional<Structure> coded;  ///< By SNOMED CT codes of anatomy and laterality.
    bool is_fat = false;             ///< Coded as adipose tissue.
};

/// Where a segment has pixels: a frame, or its part of the frame of a label map.
struct SegmentPart {
    int segment = 0;
    int frame = 0;                       ///< Index in the file, from 0.
    std::optional<ImageFrame> grid;      ///< Absent when the object has no place in the patient.
    std::vector<ImageReference> images;  ///< That it was drawn on; may be empty.
};

/// A DICOM Segmentation (PS3.3 A.51) or Label Map Segmentation.
struct SegmentationObject {
    std::string study_uid;
    std::string frame_of_reference_uid;  ///< May be empty.
    ImageSize size;
    std::vector<SegmentMeaning> segments;  ///< In the order of the file.
    std::vector<SegmentPart> parts;        ///< Without empty ones.
};

/// Reads segments and frames: binary, fractional or label map, with functional groups shared or per
/// frame, in any order.
///
/// Throws Error malformed_file (frames, groups, segments or sizes contradict each other),
/// truncated_pixel_data, unsupported_encoding, image_too_large, and as dicom::open_file.
SegmentationObject read_segmentation(const std::filesystem::path& file);

/// The pixels of a part of `file`: of a fractional frame those of at least half the largest value.
/// Throws Error as read_segmentation.
Mask read_part(const std::filesystem::path& file, const SegmentPart& part);

}  // namespace paraspinal
