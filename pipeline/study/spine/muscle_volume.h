// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/geometry.h"
#include "pipeline/study/level/spine_axis.h"

#include <optional>
#include <vector>

namespace paraspinal {

/// What one slice shows of a muscle.
struct MuscleSection {
    Vec3 centroid_mm;
    Vec3 slice_normal;    ///< Unit length, of either sign.
    double area_mm2 = 0;  ///< As measured on the slice.
    std::optional<double> fat_area_mm2;
    double thickness_mm = 0;  ///< Of the slice.
};

/// Angle between the slice and the plane of `axis` through the section, degrees, [0, 90].
double muscle_tilt_deg(const MuscleSection& section, const SpineAxis& axis);

/// How much less than on the slice the area is on the plane of `axis` through the section: a muscle
/// runs along the spine, so the cosine of the angle between both.
double tilt_factor(const MuscleSection& section, const SpineAxis& axis);

struct MuscleVolume {
    double volume_mm3 = 0;
    std::optional<double> fat_mm3;  ///< Absent where fat was not measured on every section.
    double length_mm = 0;           ///< Of the muscle between the two planes, at its middle.
    /// Of the integration: what a curve between the sections may make of it that bends as theirs
    /// does. Errors of the outlines are not in it.
    double integration_error_mm3 = 0;
    /// What it may be off because the planes of the two endplates are, as they are found.
    double ends_error_mm3 = 0;
    double largest_gap_mm = 0;  ///< Along the muscle, without the thickness of the slices.
    int sections = 0;           ///< Between the planes.
};

/// Volume of a muscle between the planes of the inferior endplates of `upper` and `lower`, from
/// sections in any order, at any tilt and distance: the area across the spine is integrated over
/// the way along the muscle, straight between sections (trapezoids). Beyond the last section it
/// stays as it is there.
///
/// Throws Error level_not_found when an endplate is not seen, and level_not_covered when fewer than
/// two sections are there, none of them lies between the planes, or when the slices leave more than
/// half a vertebral body uncovered in one place.
MuscleVolume muscle_volume(const std::vector<MuscleSection>& sections,
                           const SpineAxis& axis,
                           VertebraCount upper,
                           VertebraCount lower);

}  // namespace paraspinal
