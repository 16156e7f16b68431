// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace paraspinal {

/// Whether all of a file is UTF-8 (RFC 3629). Of what can be read only once, such as a pipe, that
/// is taken for granted, as it is of a file that cannot be read.
bool is_utf8_file(const std::filesystem::path& file);

/// Text of Windows-1252 (Latin-1 with more letters, which Excel writes in western Europe) as UTF-8.
/// Throws Error malformed_file for the five bytes that mean nothing there.
std::string utf8_of_windows_1252(std::string_view bytes);

}  // namespace paraspinal
