// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/vertebral_bodies.h"

#include <string>
#include <vector>

namespace paraspinal {

/// Place of a vertebra in the count from the sacrum upwards: S1 is -1, L5 0, L1 4, T12 5.
using VertebraCount = int;

/// "S1", "L5" ... "L1", "T12" ... of a place in the count.
std::string vertebra_name(VertebraCount count);

/// A reason to doubt the names of all vertebrae of a spine.
struct NamingDoubt {
    std::string name;    ///< Stable snake_case name.
    std::string detail;  ///< One sentence for people.
    friend bool operator==(const NamingDoubt&, const NamingDoubt&) = default;
};

/// What the names rest on, in numbers; the doubts are these, held against limits.
struct NamingEvidence {
    double s1_area_mm2 = 0;      ///< Of the body taken for S1, median over the slices.
    double s1_share = 0;         ///< Mean probability of S1 in it.
    double sacrum_area_mm2 = 0;  ///< Of what is taken for S2 and below, at most.
    double sacrum_drop_mm = 0;   ///< From the centre of S1 down to the centre of that.
    /// Mean log-likelihood a body by which these names lead over those one place lower, and one
    /// place higher. Negative: the other names would agree better with what the network saw.
    double lead_over_lower = 0;
    double lead_over_higher = 0;
    double slices_agreeing = 0;  ///< Share of the slices in which these names lead over both.
    double s1_step = 0;          ///< From S1 to L5, over the median step between centres.
    double largest_step = 0;     ///< Of the others, likewise.
    double smallest_step = 0;    ///< Likewise.
    double largest_height = 0;   ///< Of a body above S1, over their median height.
};

/// The names of a chain of bodies and what speaks against them.
struct Naming {
    std::vector<VertebraCount> counts;  ///< One a body, from feet to head.
    double confidence = 0;              ///< [0, 1]; not calibrated.
    NamingEvidence evidence;
    std::vector<NamingDoubt> doubts;  ///< Empty when the names can be relied upon.
    /// Other counts that cannot be excluded: by how many places all names would move up. With 1,
    /// the body called L5 is L4. Nearest first; empty without doubts.
    std::vector<int> other_shifts;
};

/// Counts `bodies` from the sacrum upwards.
///
/// S1 is the body that the network takes for it; the bodies above are counted, and what the network
/// takes them for is held against the count. Without S1 the count is the one that agrees best with
/// the network, and always in doubt. Doubts: `sacrum_not_seen`, `count_ambiguous`,
/// `bodies_irregular`. Their limits and what they were measured on stand in docs/level.md.
Naming name_vertebrae(const std::vector<VertebralBody>& bodies,
                      const std::vector<VertebraMap>& maps);

}  // namespace paraspinal
