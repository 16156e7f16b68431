// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/pictures/lettering_internal.h"
#include "pipeline/study/study_report.h"

#include <opencv2/core.hpp>

namespace paraspinal {

inline constexpr Color kLeanColor{96, 125, 150};
inline constexpr Color kReferenceColor{255, 240, 200};

/// Draws into `place` of the page where on the slice the fat threshold comes from: the part around
/// the muscles as a radiologist sees it, with the fat that muscle was compared with, lean muscle
/// and the fat found in it tinted; beside it, what each is and how bright.
void draw_fat_slice(cv::Mat& page,
                    const cv::Rect& place,
                    const StudyReport& report,
                    Lettering& lettering);

}  // namespace paraspinal
