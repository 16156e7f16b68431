// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/level/level_evidence.h"
#include "pipeline/study/study_report.h"

#include <string>

namespace paraspinal {

/// The picture to trust or reject the heights of vertebral bodies by, as the bytes of a PNG file:
/// the middle sagittal slice with the six points of each body from T11 to L5, its heights in mm
/// and what is suspected, or why it has none. No patient name, ID or date is burnt in.
std::string vertebrae_png(const SpineView& view,
                          const StudyIdentity& study,
                          const std::string& software_version);

}  // namespace paraspinal
