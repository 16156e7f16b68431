// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "io/dicom/jpeg_ls.h"

#include <charls/charls.h>
#include <cstdint>
#include <string_view>

namespace paraspinal::dicom {
namespace {

// CharLS 2.4 may search data without it for an end for minutes.
bool has_end_marker(const std::vector<char>& compressed) {
    constexpr std::string_view kEndOfImage = "\xff\xd9";
    const std::string_view text(compressed.data(), compressed.size());
    const std::size_t last = text.find_last_not_of('\0');  // Padding.
    return last != std::string_view::npos && text.substr(0, last + 1).ends_with(kEndOfImage);
}

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
    if (!has_end_marker(compressed)) {
        return std::nullopt;
    }
    try {
        return decode(compressed, expected);
    } catch (const charls::jpegls_error&) {
        return std::nullopt;
    }
}

}  // namespace paraspinal::dicom
