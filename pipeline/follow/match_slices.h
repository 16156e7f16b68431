// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/examination.h"
#include "pipeline/follow/pair_flag.h"

#include <string_view>
#include <vector>

namespace paraspinal {

/// Beyond this distance along the spine slices are not taken for one place. Source: the distance of
/// slices is 4 to 5 mm, and the endplate is found to 2 mm at the muscles
/// (docs/levels_and_slices.md).
inline constexpr double kMostApartMm = 3;
/// Between neighbors that are farther apart nothing is interpolated. Our choice: the largest
/// distance of slices of a stack.
inline constexpr double kMostBetweenMm = 10;

/// Two examinations at one place of the spine.
struct MatchedSlices {
    NamedCells from;  ///< Values to compare; numbers interpolated where `matching` says so.
    NamedCells to;
    std::string_view matching;  ///< "as_measured", "from_interpolated", "to_interpolated".
    std::optional<double> offset_difference_mm;  ///< Of the slices measured, to - from.
    double apart_mm = 0;                         ///< What of that is left.
    std::vector<const PairFlag*> flags;
};

/// Where the measured slices lie more than kMostApartMm from each other along the spine, values of
/// the later examination are interpolated at the distance from the endplate that the earlier slice
/// has, linearly between the two neighbors of its series on either side of it (slices.csv, of
/// --every-slice); else the earlier one's likewise. Never of an examination whose outlines are not
/// the network's alone, nor between slices that were measured in another way than it was.
MatchedSlices match_slices(const Examination& from, const Examination& to);

}  // namespace paraspinal
