// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/file_scan.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// Reads the header of a NIfTI file: a study of one series with one slice a plane of the stored
/// third axis. `study_uid` names the study, series and instance. Throws Error.
FileScan scan_nifti(const std::filesystem::path& file, const std::string& study_uid);

/// True for names that end in .nii or .nii.gz, in any case.
bool has_nifti_name(const std::filesystem::path& file);

}  // namespace paraspinal
