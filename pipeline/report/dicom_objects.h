// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/write_outputs.h"
#include "pipeline/study/study_report.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// Writes the DICOM objects that `options` ask for into the folder of the study (docs/
/// dicom_objects.md); returns their paths. The source of `report` must be DICOM.
/// `further_level` is the level of a result beside the study's own, else empty.
/// Throws Error output_not_writable, and as the reader of the source.
std::vector<std::filesystem::path> write_dicom_objects(const std::filesystem::path& study_folder,
                                                       const StudyReport& report,
                                                       const OutputOptions& options,
                                                       const std::string& further_level = {});

}  // namespace paraspinal
