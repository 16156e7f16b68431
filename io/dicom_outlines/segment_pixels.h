// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "io/dicom/file.h"

#include <cstdint>

namespace paraspinal::dicom {

/// How a segmentation object stores its frames (PS3.3 C.8.20.2).
struct SegmentEncoding {
    enum class Type { binary, fractional, label_map };
    Type type = Type::binary;
    ImageSize size;
    int largest_fraction = 0;  ///< (0062,000E); fractional only.
};

/// Reads and checks it. Throws Error malformed_file, unsupported_encoding, image_too_large.
SegmentEncoding read_segment_encoding(const OpenFile& opened);

/// The pixels of frame `frame`, from 0: 1 inside the segment of a binary or fractional one (at
/// least half the largest value), 0 outside; the segment's number in a label map. Throws Error
/// truncated_pixel_data, unsupported_encoding, malformed_file.
Image<std::uint16_t> read_segment_frame(const OpenFile& opened,
                                        const SegmentEncoding& encoding,
                                        int frame);

}  // namespace paraspinal::dicom
