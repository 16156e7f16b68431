// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/structure.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// The image that a derived DICOM object describes.
struct DicomSource {
    std::filesystem::path file;
    int frame = 0;           ///< Index in the file, from 0.
    int frames_in_file = 1;  ///< 1 for classic instances.
};

/// What a segmentation object shows.
struct SegmentationContent {
    LabelMap labels;
    Mask fat;  ///< 1 where a paraspinal-muscle pixel is fat; same size as `labels`.
    PixelSpacing spacing;
    ImagePlane plane;
    double slice_thickness_mm = 1;
    bool is_automatic = true;      ///< False: the operator drew the outlines, some or all.
    std::string algorithm;         ///< "outline 0.2.0 (1a2b3c4d)"
    std::string software_version;  ///< "0.1.0"
};

/// Writes a DICOM Segmentation (binary; PS3.3 A.51): a segment for every structure that is there,
/// and one for the fat inside the muscles, each one frame on the grid of the source image, in its
/// frame of reference. Patient and study are those of the source, so is the content date: the same
/// input gives the same bytes. Anatomy in SNOMED CT with laterality.
///
/// Throws Error not_an_image (the source is not DICOM), outline_mismatch (nothing is outlined, or
/// the source has another grid), output_not_writable; or as the reader of the source.
void write_dicom_segmentation(const std::filesystem::path& file,
                              const DicomSource& source,
                              const SegmentationContent& content);

}  // namespace paraspinal
