// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/structure.h"
#include "io/dicom_write/provenance.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace paraspinal {

/// Who outlined a structure.
enum class OutlineOrigin {
    model,             ///< The network.
    operator_drawn,    ///< The operator, as it is.
    operator_trimmed,  ///< The operator, and then the program took a part away.
};

/// PCS values of CIELab, as PS3.3 C.10.7.1.1 stores them.
using CielabColor = std::array<std::uint16_t, 3>;

/// What a segmentation object shows.
struct SegmentationContent {
    LabelMap labels;
    Mask fat;  ///< 1 where a paraspinal-muscle pixel is fat; same size as `labels`.
    PixelSpacing spacing;
    ImagePlane plane;
    double slice_thickness_mm = 1;
    std::map<Structure, CielabColor> colors;  ///< That viewers should use; those not named: any.
    std::optional<CielabColor> fat_color;
    std::map<Structure, OutlineOrigin> origins;  ///< Those not named are the model's.
    std::string outline_algorithm;               ///< "outline 0.2.0 (1a2b3c4d)"
    std::string fat_algorithm;                   ///< "fat threshold reference"
};

/// Writes a DICOM Segmentation (binary; PS3.3 A.51): a segment for every structure that is there,
/// and one for the fat inside the muscles, each one frame on the grid of the source image, in its
/// frame of reference. Patient and study are those of the source. Anatomy in SNOMED CT with
/// laterality.
///
/// Throws Error not_an_image (the source is not DICOM), outline_mismatch (nothing is outlined, or
/// the source has another grid), output_not_writable; or as the reader of the source.
void write_dicom_segmentation(const std::filesystem::path& file,
                              const SegmentationContent& content,
                              const Provenance& provenance);

}  // namespace paraspinal
