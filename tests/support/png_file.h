// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/image.h"

#include <cstdint>
#include <filesystem>
#include <functional>

namespace paraspinal::testing {

/// Writes a gray PNG of 16 bits whose pixels are `value_at`.
void write_png(const std::filesystem::path& file,
               ImageSize size,
               const std::function<int(PixelIndex)>& value_at);

/// Writes a PNG of 40 x 40 pixels of one color, its green being 90.
void write_color_png(const std::filesystem::path& file, std::uint8_t blue, std::uint8_t red);

}  // namespace paraspinal::testing
