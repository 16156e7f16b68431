// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "io/imagej/roi.h"

namespace paraspinal {

/// The pixels that ImageJ (1.52u and later) counts in `roi`: those whose center lies inside; a
/// center on the outline counts when the inside is to its left or below it.
/// Throws Error outline_mismatch when the outline leaves an image of `size` by more than half a
/// pixel: it was drawn on another one.
Mask roi_mask(const ImageJRoi& roi, ImageSize size);

}  // namespace paraspinal
