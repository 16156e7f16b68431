// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <span>
#include <vector>

namespace paraspinal {

/// Mann-Whitney U test; the statistic is U of `first` (R's W). With fewer than 50 values in each
/// group the P value is exact, ties or not: the share of all ways to deal the ranks out whose rank
/// sum lies as far from its mean (R's exactRankTests::wilcox.exact). Else normal with continuity
/// and tie correction, which is R's wilcox.test. Throws Error invalid_value when a group is empty.
TestResult mann_whitney_u_test(std::span<const double> first, std::span<const double> second);

/// Mid-ranks of `values`, from 1.
std::vector<double> mid_ranks(std::span<const double> values);

}  // namespace paraspinal
