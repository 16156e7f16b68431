// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace paraspinal {

/// Throws Error usage when `file`, a key, can be read or changed by everybody on this machine.
/// One that is not there is left to whoever reads it.
void require_private(const std::filesystem::path& file);

/// From here on, files and folders that this process makes, and those that it starts, are closed to
/// everybody but their owner: they tell about patients. With `is_for_group` the group may read them
/// as well. The umask that the process began with does not count.
void keep_files_from_others(bool is_for_group);

}  // namespace paraspinal
