// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace paraspinal::testing {

/// The bytes of the only fragment of a file's encapsulated pixel data, which end the file. Throws
/// std::runtime_error when there is none.
std::string only_fragment(const std::filesystem::path& file);

/// Puts `bytes` in its place, with lengths made right.
void replace_only_fragment(const std::filesystem::path& file, const std::string& bytes);

/// Makes the only tile part of a JPEG 2000 codestream that was cut say that it ends there.
void shorten_tile_part(std::string& codestream);

}  // namespace paraspinal::testing
