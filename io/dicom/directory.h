// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <filesystem>
#include <vector>

class DcmItem;

namespace paraspinal::dicom {

/// The files that a DICOMDIR (PS3.3 Annex F) names but that are not beside it, as input_not_found;
/// empty for every other object.
std::vector<SkippedFile> missing_files_of_directory(DcmItem& dataset,
                                                    const std::filesystem::path& dicomdir);

}  // namespace paraspinal::dicom
