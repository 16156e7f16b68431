// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace paraspinal {

/// Returns when a file's content, or the names in a folder, are on the disk and no longer only in a
/// cache. Throws Error output_not_writable.
void sync_to_disk(const std::filesystem::path& file_or_folder);

}  // namespace paraspinal
