// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/pictures/color.h"
#include "pipeline/study/level/level_evidence.h"

#include <opencv2/core.hpp>

namespace paraspinal {

class Lettering;

// Colors of the level picture, after Okabe and Ito.
inline constexpr Color kBodyColor{0x56, 0xB4, 0xE9};
inline constexpr Color kEndplateColor{0xFF, 0x7A, 0x45};
inline constexpr Color kSliceColor{0xF7, 0xE0, 0x3C};

/// The sagittal slice with all that was found on it; 8-bit color.
cv::Mat level_image(const LevelView& view, const LevelEvidence& level, Lettering& lettering);

}  // namespace paraspinal
