// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace paraspinal {

/// Writes an SVG document to `file`: as it is, or, where the name ends with .png, as pixels (two a
/// unit) through rsvg-convert. Throws Error usage for other endings, and as write_file and
/// write_through.
void write_figure(const std::filesystem::path& file, std::string_view svg);

}  // namespace paraspinal
