// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"

#include <filesystem>
#include <vector>

namespace paraspinal::testing {

/// A volume that another program wrote, as slices with their place in the patient.
struct ReferenceVolume {
    std::vector<ImageSlice> slices;
};

/// The first volume of an unpacked NIfTI-1 file of 16-bit or float voxels, read byte by byte
/// without any of the libraries under test; geometry from its sform.
ReferenceVolume first_volume(const std::filesystem::path& file);

/// reference = slope x ours + intercept.
struct IntensityScale {
    double slope = 1;
    double intercept = 0;
};

/// The scale that maps the darkest and brightest pixel of `slice` to those of the reference at the
/// same places; for vendors whose values dcm2niix scales differently.
IntensityScale scale_to(const ReferenceVolume& reference, const ImageSlice& slice);

/// Expects each pixel of `slice` to have, at its place in the patient, the reference's value.
void expect_same_image(const ImageSlice& slice,
                       const ReferenceVolume& reference,
                       const IntensityScale& scale);

/// Pearson's correlation of the pixels of two images of one size.
double correlation(const Image<float>& a, const Image<float>& b);

}  // namespace paraspinal::testing
