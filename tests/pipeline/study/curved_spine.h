// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/level/spine_axis.h"

#include <cmath>
#include <numbers>

namespace paraspinal::testing {

/// A lordotic spine on a circle: L5 to L1 and S1, whose inferior endplates follow each other every
/// kStepMm, their planes through the center of the circle behind the patient.
class CurvedSpine {
  public:
    static constexpr double kRadiusMm = 200;
    static constexpr double kStepMm = 36;
    static constexpr double kHeightMm = 27;

    /// Way along the spine from the inferior endplate of L5 to the head, as an angle.
    static double angle_of(double way_mm) { return way_mm / kRadiusMm; }
    /// A place `back_mm` behind the line of the endplates' centers.
    static Vec3 place(double angle, double back_mm = 0) {
        const double radius_mm = kRadiusMm - back_mm;
        return {0, kRadiusMm - radius_mm * std::cos(angle), radius_mm * std::sin(angle)};
    }
    static Vec3 direction(double angle) { return {0, std::sin(angle), std::cos(angle)}; }

    static Spine spine() {
        Spine spine;
        for (VertebraCount count = kS1; count <= kL1; ++count) {
            const double low = angle_of(count * kStepMm);
            const double middle = angle_of(count * kStepMm + kHeightMm / 2);
            spine.vertebrae.push_back(
                {.count = count,
                 .place = {.center_mm = place(middle),
                           .up = direction(middle),
                           .height_mm = kHeightMm},
                 .confidence = 0.9,
                 .inferior_endplate =
                     Endplate{.plane = {.point_mm = place(low), .normal = direction(low)}}});
        }
        return spine;
    }
    static SpineAxis axis() { return SpineAxis::of(spine()).value(); }
};

}  // namespace paraspinal::testing
