// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"
#include "risk/norms/norms_card.h"

#include <string>
#include <vector>

namespace paraspinal {

/// CSA, FA, FDR, lean CSA and VB of measured studies beside the controls of `card`, for a terminal;
/// at most 80 columns. Names no patient.
std::string norms_text(const NormsCard& card, const std::vector<StudyOutcome>& outcomes);

}  // namespace paraspinal
