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
/// a study of its own. Pixel data is not read. Instances that appear twice count once, the first
/// path in sorted order wins. A file that cannot be used is listed in `skipped` with its reason:
/// unreadable, not DICOM, not MR, secondary capture, presentation state, mosaic, no pixels ...
/// The order of files on disk does not change the result.
///
/// Throws Error input_not_found for a path that does not exist, and no_images_found when nothing
/// below the paths is an MR image (the message counts what was there instead).
StudyIndex find_studies(const std::vector<std::filesystem::path>& paths);

/// Reads the headers of `files`, which all belong to the study `study_uid`, as find_studies does;
/// NIfTI files get that UID. Throws Error no_images_found when none of them is an MR image, and
/// unreadable_file when one of them cannot be opened any more.
Study read_study(const std::string& study_uid, const std::vector<std::filesystem::path>& files);

}  // namespace paraspinal
