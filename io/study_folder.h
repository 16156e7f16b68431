// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace paraspinal {

/// Where the received files of a study lie below `parent`: in a folder named by uid_name, or in
/// the one that version 0.1.0 made there, named by short_hash.
std::filesystem::path study_folder_in(const std::filesystem::path& parent,
                                      std::string_view study_uid);

}  // namespace paraspinal
