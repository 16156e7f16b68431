// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace paraspinal {

/// How far the borders that the built-in network draws lie from those of reference masks, as
/// border_displacement measures it.
struct BorderError {
    /// Mean over the slices; positive: ours lie outside of the reference, mm.
    double bias_mm = 0;
    /// Deviation of the mean displacement of a border from slice to slice, of the kind of slices
    /// where it is largest, mm.
    double slice_sd_mm = 0;
    /// Deviation of single places of a border from its mean displacement, mm.
    double local_sd_mm = 0;
    /// Side of the squares within which places of a border move together, mm.
    double together_mm = 1;
    /// Mean error of the FDR inside of our outline, ours - reference, percentage points.
    double fdr_bias_pct = 0;
    /// How many times farther the FDR of the reference lies from ours than borders explain that
    /// move blindly: a network errs where fat and muscle are hard to tell.
    double fdr_stretch = 1;
};

/// That of a region as evaluate names it: a structure of either side, or kParaspinalRegion.
/// Throws Error internal for a region that was not measured.
const BorderError& border_error(std::string_view region);

}  // namespace paraspinal
