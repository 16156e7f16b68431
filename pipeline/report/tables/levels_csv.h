// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_result.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The line of one level in `levels.csv`, with the columns of `measurements.csv`: what `outcome`
/// came to, and the level also where it is a failure.
std::vector<std::string> level_row(const std::string& level,
                                   const StudyOutcome& outcome,
                                   const std::string& software_version);

/// `levels.csv`: one row a study and level, in the order of `measurements_csv`, then as the levels
/// were asked for. The row of a study's own level is its row in `measurements.csv`.
/// `further` has an entry for each of `outcomes`.
std::string levels_csv(const std::vector<StudyOutcome>& outcomes,
                       const std::vector<FurtherSlices>& further,
                       const std::string& software_version);

}  // namespace paraspinal
