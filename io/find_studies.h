// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// Reads the headers of every file below `paths` and sorts them into studies and series.
///
/// A path may be a file, a folder (walked to the bottom, file names mean nothing), a DICOMDIR
/// (whose folder is walked, so that files it forgets are found too) or a NIfTI file, which becomes
/// a study of its own. Pixel data is not read. An instance is known by its study, series and
/// instance UID and its bytes: files that repeat all of them count once, the first path in sorted
/// order wins; files that repeat only the UIDs are images of their own. People who share a study
/// UID get a study each, with a `patient_group` (core/patient_groups.h); studies whose patient ID
/// or accession number stands for several people have `contradictions`.
///
/// A file that cannot be used is listed in `skipped` with its reason: unreadable, not DICOM, not
/// MR, secondary capture, presentation state, mosaic, no pixels ... An image among them is also
/// listed in `left_out` of its study, which then may have no series. The order of files on disk
/// does not change the result.
///
/// Throws Error input_not_found for a path that does not exist, and no_images_found when nothing
/// below the paths is an MR image that names its study (the message counts what was there instead).
StudyIndex find_studies(const std::vector<std::filesystem::path>& paths);

/// Why files were left out, with how many for each of the first five reasons:
/// "3 secondary capture; 1 not a DICOM or NIfTI file".
std::string reasons_text(const std::vector<SkippedFile>& files);

/// Reads the headers of `files`, which all belong to the study and person of `key` (study_key), as
/// find_studies does; of other studies that share its keys it knows nothing (`contradictions`).
/// Throws Error no_images_found when none of them is an image of that study, and
/// unreadable_file when one of them cannot be opened any more.
Study read_study(const std::string& key, const std::vector<std::filesystem::path>& files);

}  // namespace paraspinal
