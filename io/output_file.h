// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace paraspinal {

/// Creates `folder` and its parents when absent. Throws Error output_not_writable.
void make_output_folder(const std::filesystem::path& folder);

/// Writes `content` so that `file` is either the old one or complete, never half written: the bytes
/// go to a temporary file beside it that is renamed at the end and removed on failure.
/// Throws Error output_not_writable (no permission, disk full ...).
void write_file(const std::filesystem::path& file, std::string_view content);

/// The same for files too long to hold: `write` gets a function that appends to the file.
using AppendText = std::function<void(std::string_view)>;
void write_file_in_parts(const std::filesystem::path& file,
                         const std::function<void(const AppendText&)>& write);

/// The same for libraries that insist on writing a file themselves: `write` gets the temporary
/// path, which keeps the extensions of `file`.
void write_file_with(const std::filesystem::path& file,
                     const std::function<void(const std::filesystem::path&)>& write);

/// Removes from `folder`, where no process of another machine writes now, temporary files that
/// killed processes left; those of processes that run stay.
void remove_unfinished_files(const std::filesystem::path& folder);

}  // namespace paraspinal
