// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"

namespace paraspinal {

struct BiasOptions {
    /// Off: the slice is returned as it is.
    bool enabled = true;
};

/// Removes the smooth brightness change of surface coils from `slice`; the mean brightness inside
/// the body is kept, values stay in the modality's unit, geometry is unchanged.
/// Throws Error image_constant when there is nothing to fit.
/// Source: N4, Tustison et al. 2010, doi:10.1109/TMI.2010.2046908.
ImageSlice correct_bias(const ImageSlice& slice, const BiasOptions& options);

}  // namespace paraspinal
