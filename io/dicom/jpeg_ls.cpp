// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "io/dicom/jpeg_ls.h"

#include <charls/charls.h>
#include <cstdint>

namespace paraspinal::dicom {
namespace {

std::optional<std::vector<char>> decode(const std::vector<char>& compressed,
                                        const FrameFormat& expected) {
    charls::jpegls_decoder decoder(compressed, true);
    const charls::frame_info& found = decoder.frame_info();
    const bool fits = found.component_count == 1 &&
                      found.height == static_cast<std::uint32_t>(expected.size.rows) &&
                      found.width == static_cast<std::uint32_t>(expected.size.cols);
    if (!fits || decoder.destination_size() != frame_bytes(expected)) {
        return std::nullopt;
    }
    std::vector<char> samples(frame_bytes(expected));
    decoder.decode(samples);
    return samples;
}

}  // namespace

std::optional<std::vector<char>> decode_jpeg_ls(const std::vector<char>& compressed,
                                                const FrameFormat& expected) {
    try {
        return decode(compressed, expected);
    } catch (const charls::jpegls_error&) {
        return std::nullopt;
    }
}

}  // namespace paraspinal::dicom
