// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/level/level_evidence.h"
#include "pipeline/study/series/classify_study.h"
#include "segmentation/level/vertebra_model.h"

#include <optional>

namespace paraspinal {

/// Finds and names the vertebrae on the sagittal T2 series of a study.
///
/// Reads the pixels of the slices up to kMiddleSteps steps of kSliceStepMm from the middle of a
/// stack, and of two steps more on the side to which a scoliotic spine leaves them. Of several
/// sagittal stacks those in the frame of reference of an axial one come first, then those with more
/// slices; the first whose vertebrae can be named without doubt is taken, else the first that shows
/// any. Where no sagittal series is T2, those count of which nothing says how they are weighted.
/// nullopt when the study has neither. A slice that cannot be read throws as
/// read_slice does, with its series.
std::optional<SpineView> find_spine(const ClassifiedStudy& study, VertebraModel& model);

/// Slices read on each side of the middle one, and their distance: 12 mm lie within every body.
inline constexpr int kMiddleSteps = 3;
inline constexpr double kSliceStepMm = 4;

}  // namespace paraspinal
