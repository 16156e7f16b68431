// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <opencv2/core.hpp>

#include <string>

namespace paraspinal {

class Lettering;

/// Legend and caption of the overlay, at least `min_height_px` high; 8-bit color.
cv::Mat overlay_panel(const StudyReport& report,
                      const std::string& software_version,
                      int min_height_px,
                      Lettering& lettering);

}  // namespace paraspinal
