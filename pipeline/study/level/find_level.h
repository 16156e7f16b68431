// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"
#include "pipeline/study/level/level_evidence.h"
#include "pipeline/study/study_report.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// A slice that may be measured, and its series.
struct AxialSlice {
    const Series* series = nullptr;
    const SliceHeader* slice = nullptr;  ///< Has spacing and plane.
};

/// The slice at the level.
struct FoundLevel {
    std::size_t index = 0;  ///< Of the slice, in the list that was searched.
    LevelEvidence level;
    std::vector<QcFlag> flags;
};

/// Where a slice lies against an endplate, measured at the center of the endplate.
SlicePosition position_of(const ImagePlane& slice, const Plane& endplate);

/// Why the spine is none of the lumbar region, such as one of the neck; nullopt when it may be.
std::optional<std::string> why_not_lumbar(const Spine& spine);

/// Why the spine does not show the inferior endplate of `level`, such as one of the neck; nullopt
/// when it does.
std::optional<std::string> why_level_is_not_shown(const SpineView& view, const std::string& level);

/// Finds the slice whose plane passes nearest to the center of the inferior endplate of `level`
/// (L1 to L5), whatever its tilt. Only slices whose field of view holds that place count; of the
/// others, where some share the frame of reference of the sagittal series, only those.
///
/// Flags: level_uncertain and transitional_suspected (the names are in doubt; the alternatives
/// stand in the evidence),
/// frame_of_reference_differs, slice_far_from_level (beyond kFarMm), slice_tilted (beyond
/// kTiltedDeg). Throws Error level_not_found when the spine does not show that endplate, and
/// level_not_covered when no slice passes within the height of the vertebra.
FoundLevel find_level(const SpineView& view,
                      const std::vector<AxialSlice>& slices,
                      const std::string& level);

/// About two slices of 4 mm with a gap of 10 %; beyond, muscle areas change noticeably. Our choice.
inline constexpr double kFarMm = 10;
/// The medians of 26 adult lumbar spines in our data are 33 to 39 mm, their smallest single step
/// 31 (scripts/measure_vertebra_steps); those of the neck are about 18. No neck was at hand.
inline constexpr double kLeastLumbarStepMm = 26;
/// A cylinder cut at this angle has 1/cos(15) = 3.5 % more area, as much as two readers differ.
inline constexpr double kTiltedDeg = 15;

}  // namespace paraspinal
