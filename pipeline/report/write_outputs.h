// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/output_options.h"
#include "pipeline/study/study_report.h"
#include "pipeline/study/study_result.h"

#include <filesystem>
#include <vector>

namespace paraspinal {

/// Writes the files of one measured study into `folder`/study_folder_name; returns their paths.
/// Each file appears under its name only when complete. DICOM objects are left out when the slice
/// comes from a NIfTI file: there is no patient and no study that they could belong to. They are
/// left out and `report` gets the flag `dicom_objects_left_out` when the header of the slice cannot
/// be taken over into an object. Throws Error output_not_writable.
std::vector<std::filesystem::path> write_study_outputs(const std::filesystem::path& folder,
                                                       StudyReport& report,
                                                       const OutputOptions& options);

/// Removes what write_study_outputs or write_notice left in an earlier run: that of a study which
/// fails now would pass for its result.
void remove_study_outputs(const std::filesystem::path& folder, const StudyIdentity& study);

/// What belongs to the further slices of `study`: the same files of each level that was measured
/// beside its own slice, in a folder `levels/L4` below that of the study, `profile.png`, and
/// `vertebrae.png` where bodies were found.
std::vector<std::filesystem::path> write_further_outputs(const std::filesystem::path& folder,
                                                         const StudyIdentity& study,
                                                         FurtherSlices& further,
                                                         const OutputOptions& options);

/// Writes `measurements.csv` and `muscles.csv` into `folder`, and `levels.csv`, `slices.csv`,
/// `volumes.csv` and `vertebrae.csv` where `further`, with an entry for each of `outcomes`, has
/// lines for them; those of an earlier call are removed where it has none. Returns the paths, none
/// when `options` leave them out. Throws Error output_not_writable.
std::vector<std::filesystem::path> write_tables(const std::filesystem::path& folder,
                                                const std::vector<StudyOutcome>& outcomes,
                                                const std::vector<FurtherSlices>& further,
                                                const OutputOptions& options);

}  // namespace paraspinal
