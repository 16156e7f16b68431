// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/file_scan.h"

#include <filesystem>
#include <string>

namespace paraspinal {

/// "nifti." and the uid_name of the canonical path of `file`: the same whatever way the path was
/// typed and whatever else lies there, another one for each file.
std::string nifti_study_uid(const std::filesystem::path& file);

/// What version 0.1.0 called it, with short_hash in place of uid_name: runs that know a study by
/// that name go on with it.
std::string old_nifti_study_uid(const std::filesystem::path& file);

/// Reads the header of a NIfTI file: a study of one series with one slice a plane of the stored
/// third axis. `study_uid` names the study, series and instance; the patient's ID is the
/// subject's label where the path has one as in BIDS ("sub-01"), else empty. Throws Error.
FileScan scan_nifti(const std::filesystem::path& file, const std::string& study_uid);

/// Throws Error not_an_image for what a run of this program wrote, image, labels and fat side by
/// side, or `export --bids`: it would be measured once more, as a study of nobody.
void refuse_own_result(const std::filesystem::path& file);

/// True for names that end in .nii or .nii.gz, in any case, and do not begin with "._"; also for a
/// .hdr beside its .img, of NIfTI in two files, or of Analyze, which is refused.
bool has_nifti_name(const std::filesystem::path& file);

}  // namespace paraspinal
