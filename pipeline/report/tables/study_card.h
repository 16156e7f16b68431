// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"
#include "pipeline/study/study_result.h"

#include <string>

namespace paraspinal {

/// One study for the terminal: what it is, how it was measured, its areas, ratios, risk and flags.
/// At most 80 columns but for the path of the measured file.
std::string study_card(const StudyReport& report);
/// Why there is none.
std::string study_card(const StudyFailure& failure);

}  // namespace paraspinal
