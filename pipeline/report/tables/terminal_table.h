// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"
#include "pipeline/study/study_result.h"

#include <string>
#include <vector>

namespace paraspinal {

/// What `measure` prints: a card for one study, a table with one row each for several, an empty
/// text for none. Plain ASCII as far as the input is, at most 80 columns but for the path of the
/// measured file, every line ends in "\n". Studies are named as their output folder, never by
/// patient.
std::string terminal_table(const std::vector<StudyOutcome>& outcomes);

/// The levels that were measured beside each study's own slice, a line a level; `further` has an
/// entry for each of `outcomes`. Empty where there are none.
std::string levels_table(const std::vector<StudyOutcome>& outcomes,
                         const std::vector<FurtherSlices>& further);

}  // namespace paraspinal
