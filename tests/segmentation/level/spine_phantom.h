// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/vertebra_map.h"

#include <optional>
#include <vector>

namespace paraspinal::testing {

/// A drawn spine as an ideal network would see it: upright boxes from S1 to T11, 36 mm apart, 27 mm
/// high, 34 mm deep and 46 mm wide; the inferior endplate of L3 is centered on the origin, from
/// which x grows to the left, y to the back and z to the head. The rest of the sacrum lies behind
/// and below S1, and a bright canal runs behind all. Below L4 the spine may lean: each line from a
/// center up to the next one to the front by so many degrees, the bodies halfway between both.
struct SpinePhantom {
    double side_tilt_deg = 0;  ///< Of the whole spine, in the plane of the patient's front.
    std::vector<double> slices_mm{-12, -8, -4, 0, 4, 8, 12};  ///< x of the sagittal slices.
    bool has_sacrum = true;                                   ///< False: the image ends below L5.
    std::optional<int> squeezed;  ///< The body with this count has half the height.
    std::optional<int> missed;    ///< The network does not see this body.
    int told_shift = 0;           ///< The network takes L5 for L4 with 1; S1 stays S1.
    double l5_lean_deg = 0;       ///< From L5 up to L4.
    double s1_lean_deg = 0;       ///< From S1 up to L5.
    double sacrum_lean_deg = 17;  ///< From the sacrum below S1 up to S1.
    double s1_share = 0.95;       ///< Probability of S1 in S1; the rest goes to L5.
};

/// What the network sees in each slice.
std::vector<VertebraMap> maps_of(const SpinePhantom& spine);

}  // namespace paraspinal::testing
