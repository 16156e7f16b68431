// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/structure.h"

namespace paraspinal {

/// How much darker the darkest strip across the paraspinal muscles is than the muscle before and
/// behind it: 0 (no darker) to 1 (black). Strips run from the patient's left to the right, as the
/// bands do in which a crossing block of slices, or a saturation slab, has used up the signal.
/// The dark end of each strip's pixels counts, so that fat in the muscle makes no band of it.
/// Looks at the values as stored, above zero or the smallest of the slice if that is below. 0 where
/// the muscles are too small.
double dark_band_depth(const ImageSlice& slice, const LabelMap& labels);

/// Whether no single threshold can serve the muscles.
bool is_dark_band(double depth);

}  // namespace paraspinal
