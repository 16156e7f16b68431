// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/report/output_options.h"
#include "pipeline/study/study_report.h"
#include "pipeline/study/study_result.h"

#include <filesystem>
#include <vector>

namespace paraspinal {

using Files = std::vector<std::filesystem::path>;

/// Writes below `folder` the files of each study, its further slices and, of one that failed, the
/// notice; returns them by study. `outcomes`, `further` and `studies` have an entry for each. May
/// add flags, so it comes before anything that lists them; a study whose writing ended an earlier
/// try of this program fails (`crashed`). Throws as write_study_outputs.
std::vector<Files> write_studies(std::vector<StudyOutcome>& outcomes,
                                 std::vector<FurtherSlices>& further,
                                 const std::vector<Study>& studies,
                                 const std::filesystem::path& folder,
                                 OutputOptions outputs);

}  // namespace paraspinal
