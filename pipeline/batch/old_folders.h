// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace paraspinal {

/// Gives the study folders of a batch folder that were named by a hash of 64 bits, as versions
/// before 0.2.0 did, the names of record_path. The study UID in its record says which; a folder
/// without a record, or whose new name is taken, stays.
void rename_old_folders(const std::filesystem::path& batch_folder);

}  // namespace paraspinal
