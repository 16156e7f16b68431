// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <string>

namespace paraspinal {

// Short texts for people, shared by the terminal and the picture; units in plain ASCII.

/// "L3, found on the sagittal series (confidence 0.93), 1.2 mm above the inferior endplate, tilt
/// 3.4 degrees".
std::string describe_level(const LevelEvidence& level);

/// ", vertebrae counted 1 lower at the operator's word", or nothing.
std::string recount_text(const LevelEvidence& level);

/// Column text of `--level-offset`: "1", "-1", or nothing.
std::string offset_text(const LevelEvidence& level);

/// "If L3 is what is called L2 here: CSA 41.2 cm2, FDR 23.1 %"; empty where nothing was measured
/// for another count.
std::string describe_alternative(const StudyReport& report);

/// What may stand in a headline: "L3" where it was found, "L3, level in doubt" where the count is,
/// "nearest slice to L3" where no slice lies at it; else who chose the slice.
std::string level_title(const StudyReport& report);

/// "otsu, at or above 312.4, after bias correction".
std::string describe_fat(const StudyReport& report);

/// "outline 0.1.0 (1a2b3c4d)" for the model, else the source as named by the operator.
std::string describe_outlines(const StudyReport& report);

}  // namespace paraspinal
