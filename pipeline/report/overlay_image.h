// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/lettering.h"
#include "pipeline/study_report.h"

#include <opencv2/core.hpp>

// Private to pipeline/report: its interface is OpenCV's.
namespace paraspinal {

/// Color of an outline, after Okabe and Ito, so that readers with any color
/// vision tell neighbors apart; the left side is the paler one of a pair. Source: Wong, Nature
/// Methods 2011, doi:10.1038/nmeth.1618.
Color outline_color(Structure structure);

/// Tint of the fat inside the muscles.
inline constexpr Color kFatColor{0xD5, 0x5E, 0x00};

/// The slice in radiological display with outlines, fat, side marks and scale bar; 8-bit color.
cv::Mat overlay_image(const StudyReport& report, Lettering& lettering);

}  // namespace paraspinal
