// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/follow_patients.h"

#include <string>
#include <vector>

namespace paraspinal {

/// CSA and FDR of one patient against the years since the first of `examinations` (places in
/// `result`, in order of date, three or more), each with 1.96 s_w to either side, as SVG. Values at
/// the place of the first slice, as match_slices brings them there; as measured where it cannot.
/// Two that differ by less than the square root of 2 times that differ within measuring error.
/// Where one does not compare with the one before it, or lies elsewhere, the line is broken, and
/// the points that follow are hollow, or full again. Names no patient.
std::string trend_svg(const FollowUp& result, const std::vector<std::size_t>& examinations);

}  // namespace paraspinal
