// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/analyze_slice.h"
#include "pipeline/study/level/spine_axis.h"
#include "pipeline/study/spine/muscle_volume.h"
#include "pipeline/study/study_report.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// One axial slice of a study, measured or with the reason why not.
struct SliceOutcome {
    std::string series_uid;
    int series_number = 0;
    SliceHeader source;
    std::optional<SpinePlace> place;  ///< Absent where nothing shows where it lies.
    LevelEvidence level;              ///< Of the nearest inferior endplate; as `place`.
    /// The report without its pixels: memory must not grow with the number of slices.
    StudyOutcome outcome;
    std::map<Structure, MuscleSection> sections;  ///< Of the muscles and psoas that are outlined.
    /// As tilt_factor; with a place only, and not beyond kMostCorrectedTiltDeg.
    std::map<Structure, double> tilt_factors;
};

/// Degrees between a slice and a cut across the spine at a muscle up to which areas are corrected:
/// the largest tilt at which volumes from corrected areas were tested (muscle_volume_test.cpp).
inline constexpr double kMostCorrectedTiltDeg = 30;

/// The spine that slices are placed on: nullopt, with the reason in `why_not`, where the study has
/// no sagittal series that shows two lumbar endplates.
std::optional<SpineAxis> spine_axis(const PreparedStudy& prepared, std::string& why_not);

/// Measures every axial slice of the study, from head to feet, those without a place last; one
/// slice is in memory at a time. `axis` of spine_axis, with its reason. Slices that do not share
/// the frame of reference of the sagittal series, where others do, get no place, as find_level
/// looks at none of them.
///
/// Flags beside those of analyze_slice: level_not_verified (no place), level_uncertain and
/// transitional_suspected (the names are in doubt), frame_of_reference_differs, slice_tilted
/// (against the spine in the middle of it, or at the muscles). What lies above L1 or at the sacrum
/// is not measured (not_lumbar, SpinePlace::is_lumbar): outlines were not scored there. Neither are
/// slices of these series that every_axial_slice refuses. Throws Error as choose_slice where there
/// is no axial slice.
std::vector<SliceOutcome> analyze_every_slice(const PreparedStudy& prepared,
                                              const std::optional<SpineAxis>& axis,
                                              const std::string& why_not,
                                              const AnalyzeOptions& options,
                                              Models& models);

}  // namespace paraspinal
