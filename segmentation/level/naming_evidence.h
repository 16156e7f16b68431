// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/vertebral_bodies.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// Place of a vertebra in the count from the sacrum upwards: S1 is -1, L5 0, L1 4, T12 5.
using VertebraCount = int;

inline constexpr VertebraCount kS1 = -1;
inline constexpr VertebraCount kL5 = 0;
inline constexpr VertebraCount kL1 = 4;

/// What the names of a spine rest on, in numbers; the doubts are these, held against limits.
/// A step is the distance between the centers of neighbors.
struct NamingEvidence {
    double s1_share = 0;  ///< Mean probability of S1, among all bodies, in the body taken for it.
    double s1_size = 0;   ///< Area of that body over the square of the median step.
    double s1_step = 0;   ///< From S1 to L5, over the median step of the lumbar bodies.
    double sacrum_area_mm2 = 0;  ///< Area taken for S2 and below.
    double sacrum_drop_mm = 0;   ///< From the center of S1 down to the center of that.
    double sacrum_gap_mm = 0;    ///< Between S1 and that, where they are nearest.
    double stray_body_mm2 = 0;   ///< Area taken for lumbar or thoracic bodies below L5.
    double lowest_lean_deg = 0;  ///< How far the line from L5 up to L4 leans to the front.
    /// How much less the line from S1 up to L5 does than that from the sacrum up to S1: about 25 at
    /// S1, and next to nothing at S2, from where the sacrum runs straight.
    double s1_bend_deg = 0;
    /// Mean log-likelihood a body by which these names lead over those one place lower, and one
    /// place higher. Negative: the other names would agree better with what the network saw.
    double lead_over_lower = 0;
    double lead_over_higher = 0;
    double slices_agreeing = 0;  ///< Share of the slices in which these names lead over both.
    double largest_step = 0;     ///< Among lumbar bodies, over the median step.
    double smallest_step = 0;    ///< Likewise.
    double largest_height = 0;   ///< Of a lumbar body, over their median height.

    /// How far the lowest counted body leans like S1 above a straight sacrum, degrees. L5 leans
    /// little and the spine bends at S1 below it; S1 leans much and the spine bends no more.
    [[nodiscard]] double s1_likeness_deg() const { return lowest_lean_deg - s1_bend_deg; }
};

/// Share of one name among all names that a body can have.
double share_of(const ClassShares& shares, VertebraCount count);

/// Measures what speaks for `counts`, one for each body; `s1` is the body taken for S1.
NamingEvidence naming_evidence(const std::vector<VertebralBody>& bodies,
                               const std::vector<VertebraMap>& maps,
                               const std::vector<VertebraCount>& counts,
                               const std::optional<std::size_t>& s1);

}  // namespace paraspinal
