// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <string>

namespace paraspinal {

/// `fat.png`: how the fat threshold lies among the brightnesses of the muscles, as the bytes of a
/// PNG file. A histogram of the bias-corrected muscle pixels, fat tinted; the thresholds of all
/// methods with the FDR that each would give, the used one bold; lean muscle and subcutaneous fat.
/// Below it the slice, with the pixels that these were taken from.
/// Nothing about the patient is burnt in, as in overlay_png. The same report gives the same bytes.
/// The report must hold muscle values.
std::string fat_png(const StudyReport& report, const std::string& software_version);

}  // namespace paraspinal
