// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/readings/reading.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/study_report.h"

#include <filesystem>

namespace paraspinal {

/// Writes the files of `report` (image, labels, fat, ImageJ ROIs, and
/// SEG and SR where `outputs` names them, which say that `reading.reader` observed) into a new
/// folder `run`/readings/READER/N/STUDY_FOLDER, and tells `reading` that folder and the lines of
/// muscles.csv. Throws Error output_not_writable.
void keep_correction(const std::filesystem::path& run,
                     const OutputOptions& outputs,
                     StudyReport& report,
                     Reading& reading);

/// The lines of muscles.csv of `report`.
std::vector<NamedCells> muscle_lines_of(const StudyReport& report);

}  // namespace paraspinal
