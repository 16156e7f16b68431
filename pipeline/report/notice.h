// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/study_report.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// The page that says that a study was not measured, and why: the reason and, for what was read and
/// must not be measured, its message without the files that it names. No patient name, ID or date.
RgbImage notice_pixels(const StudyFailure& failure, const std::string& software_version);

/// Writes that page as `folder`/study_folder_name/notice.dcm, a DICOM Secondary Capture in `study`,
/// if `options` ask for it. Returns its path; nothing for a study without an image to take its
/// header from, or with one whose header no object may have. Throws Error output_not_writable.
std::vector<std::filesystem::path> write_notice(const std::filesystem::path& folder,
                                                const StudyFailure& failure,
                                                const Study& study,
                                                const OutputOptions& options);

}  // namespace paraspinal
