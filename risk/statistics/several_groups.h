// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <span>
#include <vector>

namespace paraspinal {

/// One-way analysis of variance with a common variance. Throws Error invalid_value unless there are
/// two groups of two values and one of them varies.
TestResult one_way_anova(std::span<const SampleMoments> groups);

/// Welch's analysis of variance, without a common variance (Biometrika 1951;38:330-336; R's
/// oneway.test). Throws Error invalid_value unless every group has two values and varies.
TestResult welch_anova(std::span<const SampleMoments> groups);

/// Kruskal and Wallis's rank test, chi-square approximation with the correction for ties (R's
/// kruskal.test). P is 1 when all values are equal. Throws Error invalid_value unless there are two
/// groups with a value each.
TestResult kruskal_wallis_test(std::span<const std::vector<double>> groups);

}  // namespace paraspinal
