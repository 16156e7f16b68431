// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace paraspinal {

/// Throws Error usage when `file`, a key, can be read or changed by everybody on this machine.
/// One that is not there is left to whoever reads it.
void require_private(const std::filesystem::path& file);

/// From here on, files and folders that this process makes are closed to everybody but their owner
/// and group: they tell about patients. A stricter umask stays.
void keep_files_from_others();

}  // namespace paraspinal
