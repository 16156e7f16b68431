// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/study_folder.h"

#include "core/text.h"
#include "io/digest.h"

#include <system_error>

namespace paraspinal {

std::filesystem::path study_folder_in(const std::filesystem::path& parent,
                                      std::string_view study_uid) {
    // Two folders would hold two versions of one image, and nobody knew which is the newer one.
    std::error_code error;
    const std::filesystem::path old = parent / short_hash(study_uid);
    return std::filesystem::is_directory(old, error) ? old : parent / uid_name(study_uid);
}

}  // namespace paraspinal
