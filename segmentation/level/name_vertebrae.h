// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "segmentation/level/naming_evidence.h"
#include "segmentation/level/vertebral_bodies.h"

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// "S1", "L5" ... "L1", "T12" ... of a place in the count.
std::string vertebra_name(VertebraCount count);

/// A reason to doubt the names of all vertebrae of a spine.
struct NamingDoubt {
    std::string name;    ///< Stable snake_case name.
    std::string detail;  ///< One sentence for people.
    friend bool operator==(const NamingDoubt&, const NamingDoubt&) = default;
};

/// The doubt that the lowest body that was counted, as L5, is S1 with a disc of its own below it.
inline constexpr std::string_view kTransitionalDoubt = "transitional_suspected";

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
/// the network, and always in doubt. Doubts: `sacrum_not_seen`, `sacrum_ambiguous`,
/// `count_ambiguous`, `bodies_irregular`, and kTransitionalDoubt: what is called L5 may be S1.
/// Their limits and what they were measured on stand in docs/level.md.
Naming name_vertebrae(const std::vector<VertebralBody>& bodies,
                      const std::vector<VertebraMap>& maps);

}  // namespace paraspinal
