// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <cstdint>
#include <filesystem>

namespace paraspinal {

/// Whether the name ends in ".png", whatever the case.
bool has_png_name(const std::filesystem::path& file);

/// Reads a gray PNG of 8 or 16 bits; one in color counts as gray when its three channels are equal.
/// Throws Error input_not_found, unreadable_file, and unsupported_encoding for real colors.
Image<std::uint16_t> read_png(const std::filesystem::path& file);

}  // namespace paraspinal
