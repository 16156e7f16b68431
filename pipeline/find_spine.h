// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/level_evidence.h"
#include "segmentation/vertebra_model.h"

#include <optional>

namespace paraspinal {

/// Finds and names the vertebrae on the sagittal T2 series of a study.
///
/// Reads the pixels of the slices within kMiddleMm of the middle of a stack, kSliceStepMm apart,
/// and of more on the side to which a scoliotic spine leaves them. Of several sagittal stacks those
/// in the frame of reference of an axial one come first, then those with more slices; the first
/// whose vertebrae can be named without doubt is taken, else the first that shows any.
/// nullopt when the study has no sagittal T2 series. A slice that cannot be read throws as
/// read_slice does, with its series.
std::optional<SpineView> find_spine(const Study& study, VertebraModel& model);

/// Half the width of the middle of a stack, and the distance of the slices read there.
inline constexpr double kMiddleMm = 12;
inline constexpr double kSliceStepMm = 4;

}  // namespace paraspinal
