// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "core/image.h"
#include "core/structure.h"

#include <filesystem>

namespace paraspinal {

/// What a NIfTI file of one slice needs besides the pixels.
struct NiftiGeometry {
    PixelSpacing spacing;
    ImagePlane plane;
    double slice_thickness_mm = 1;
};

/// Writes a label map as a NIfTI-1 volume of one slice (.nii.gz, 8-bit, columns x rows x 1) on the
/// grid of its slice; the values are those of Structure. The same input gives the same bytes.
/// The file appears under its name only when complete. Throws Error output_not_writable.
void write_nifti_labels(const std::filesystem::path& file,
                        const LabelMap& labels,
                        const NiftiGeometry& geometry);

/// The same for the slice itself: 16-bit when all its values are whole numbers of that size, as
/// scanners store them, else 32-bit floating point. No value changes.
void write_nifti_image(const std::filesystem::path& file,
                       const Image<float>& intensity,
                       const NiftiGeometry& geometry);

/// The same for a mask of 0 and 1.
void write_nifti_mask(const std::filesystem::path& file,
                      const Mask& mask,
                      const NiftiGeometry& geometry);

}  // namespace paraspinal
