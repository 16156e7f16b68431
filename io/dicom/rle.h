// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom/codecs.h"

#include <optional>
#include <vector>

namespace paraspinal::dicom {

/// As decode_jpeg_ls, for DICOM's run-length encoding of one sample a pixel. Its header must name
/// one segment for each byte of a sample, in rising order and inside the fragment, and each segment
/// must hold exactly one byte a pixel; zeros may follow. Source: PS3.5 annex G.
///
/// DCMTK 3.6.7 is not asked: its decoder reads outside its buffer where an offset wraps round
/// 32 bits, and leaves the rest of the frame black where a segment ends too early.
std::optional<std::vector<char>> decode_rle(const std::vector<char>& compressed,
                                            const FrameFormat& expected);

}  // namespace paraspinal::dicom
