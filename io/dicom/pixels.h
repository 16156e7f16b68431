// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"
#include "core/study.h"
#include "io/dicom/file.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace paraspinal::dicom {

/// How stored samples spell numbers: PS3.3 C.7.6.3 (bits) and C.7.5.1.1.2 (padding).
struct SampleFormat {
    int bits_allocated = 16;
    int bits_stored = 16;
    int high_bit = 15;
    bool is_signed = false;
};

/// Reads and checks the format. Throws Error malformed_file when the bits contradict each other.
SampleFormat read_sample_format(DcmDataset& dataset);

/// The stored values of frame `frame`, row by row, as the numbers that they spell.
/// Only the bytes of that frame are read where the encoding allows. Throws Error
/// truncated_pixel_data and unsupported_encoding.
std::vector<std::int64_t> read_stored_values(const OpenFile& opened,
                                             const SliceHeader& slice,
                                             const SampleFormat& format);

}  // namespace paraspinal::dicom
