// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A program of others that writes a format for us.
struct Converter {
    std::string program;               ///< Found in PATH: "pandoc".
    std::string package;               ///< Of Debian, which has it.
    std::string purpose;               ///< "Word documents".
    std::string reads;                 ///< Ending of what it reads: ".html".
    std::vector<std::string> options;  ///< What stands before `--output FILE INPUT`.
};

/// Writes `file` by a converter that reads `content`. No shell is involved, and `file` is either
/// the old one or complete. Throws Error usage, with what to install, where the converter is not
/// there, and output_not_writable where it fails.
void write_through(const Converter& converter,
                   const std::filesystem::path& file,
                   std::string_view content);

}  // namespace paraspinal
