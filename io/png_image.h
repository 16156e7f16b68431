// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace paraspinal {

/// Whether the name ends in ".png", whatever the case.
bool has_png_name(const std::filesystem::path& file);

/// Reads a gray PNG of at most 8192 pixels a side; one in color counts as gray when its three
/// channels are equal. Samples of 8 and 16 bits are returned as they are stored, smaller ones
/// stretched to 8 bits as the PNG specification has it; transparency and gamma are left out. Throws
/// Error input_not_found, unreadable_file, and unsupported_encoding for real colors.
Image<std::uint16_t> read_png(const std::filesystem::path& file);

/// `picture` as the bytes of a PNG file of 8-bit color. Filter and compression are fixed and no
/// time is written: the same picture has the same bytes. Throws Error internal when memory runs
/// out.
std::string png_bytes(const RgbImage& picture);

}  // namespace paraspinal
