// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_outlines/segmentation_object.h"
#include "io/dicom_outlines/structure_set.h"

#include <filesystem>
#include <optional>
#include <variant>

namespace paraspinal {

using DicomOutlines = std::variant<SegmentationObject, StructureSet>;

/// Reads a DICOM Segmentation or RT Structure Set; nullopt when the file is not DICOM, whatever its
/// name. Throws Error unsupported_encoding for other DICOM objects, and as read_segmentation and
/// read_structure_set.
std::optional<DicomOutlines> read_dicom_outlines(const std::filesystem::path& file);

}  // namespace paraspinal
