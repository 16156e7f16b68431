// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <opencv2/core.hpp>

#include <string>

namespace paraspinal {

class Lettering;

/// The slice in radiological display with outlines, fat, side marks and scale bar; 8-bit color.
cv::Mat overlay_image(const StudyReport& report, Lettering& lettering);

}  // namespace paraspinal
