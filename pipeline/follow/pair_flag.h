// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/examination.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What a difference between two examinations means for their comparison.
enum class Concern : std::uint8_t {
    none,        ///< It is told.
    doubt,       ///< A change may come from it.
    fat,         ///< Fat was measured in another way: fat is not compared.
    everything,  ///< Nothing is compared.
};

/// A row of the table of flags of follow_up.csv.
struct PairFlag {
    std::string_view name;
    Concern concern = Concern::doubt;
    std::string_view meaning;
};

/// All of them, in the order in which they are listed; docs/follow.md is held to it.
std::span<const PairFlag> pair_flags();

/// The one with this name. Throws Error internal: there is none.
const PairFlag& pair_flag(std::string_view name);

/// What the run did differently, and what the scanner did, at two examinations. Not where their
/// slices lie: that is match_slices.
std::vector<const PairFlag*> flags_between(const Examination& from, const Examination& to);

}  // namespace paraspinal
