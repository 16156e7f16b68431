// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"
#include "pipeline/compare/labels/label_table.h"
#include "pipeline/compare/labels/match_cases.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {

/// How the files of a case are read.
struct ReadCaseOptions {
    LabelTable labels = default_label_table();
    /// Side of the square pixels of images that do not state it: PNG, and DICOM without spacing.
    std::optional<double> pixel_mm;
};

/// A slice with its reference outlines.
struct ReferenceSlice {
    std::string name;  ///< Of the case; followed by "#" and the number of the slice if of several.
    ImageSlice slice;
    LabelMap reference;
};

struct ReferenceCase {
    std::vector<ReferenceSlice> slices;
    std::int64_t without_reference = 0;  ///< Images without a mask or with an empty one.
    std::set<int> unnamed_values;        ///< Of the mask, not in the table of labels.
};

/// Reads the images and masks of a case. A PNG mask is laid on the pixels of the one image of its
/// size as they are stored; a NIfTI mask finds the images in the planes of its slices in patient
/// coordinates. A PNG image is taken for a radiological display (patient's right on its left,
/// anterior at the top) and needs a PNG mask.
/// Throws Error usage (a PNG image without pixel_mm), outline_mismatch, and as read_slice.
ReferenceCase read_case(const CaseFiles& files, const ReadCaseOptions& options);

}  // namespace paraspinal
