// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/slice.h"
#include "core/study.h"

#include <optional>

namespace paraspinal {

/// Decodes the pixels of one slice, and of no other frame of its file where the encoding allows.
///
/// Result: modality values (rescale slope and intercept applied; MONOCHROME1 turned so that larger
/// is brighter; padding pixels set to the smallest value that is not padding). Padding is what the
/// header calls so, and without that at most 2 % of the pixels that are darker than all others by
/// more than a fifth of the range of values.
/// Throws Error unreadable_file, truncated_pixel_data, unsupported_encoding, malformed_file,
/// missing_pixel_spacing (absent or not above zero), missing_geometry (no position or orientation),
/// image_too_small (a side below kMinSidePixels), image_too_large (a side above kMaxSidePixels).
ImageSlice read_slice(const SliceHeader& slice);

/// Throws what read_slice throws for an image of this size and place.
void check_slice(ImageSize size,
                 const std::optional<PixelSpacing>& spacing,
                 const std::optional<ImagePlane>& plane);

/// A lumbar axial slice has at least 128 pixels a side; anything below 32 is a thumbnail.
inline constexpr int kMinSidePixels = 32;

/// No MR scanner stores planes beyond 4096 pixels; larger headers are taken for damage.
inline constexpr int kMaxSidePixels = 8192;

}  // namespace paraspinal
