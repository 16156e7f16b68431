// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <span>

namespace paraspinal {

/// Student's t test of paired values, from their differences. Throws Error invalid_value unless
/// there are 2 differences that vary.
TestResult paired_t_test(std::span<const double> differences);

/// Mean of the differences with the interval that belongs to that test. Throws as it.
IntervalEstimate mean_change(std::span<const double> differences);

/// Wilcoxon's signed rank test of paired values; the statistic is the rank sum of the differences
/// above 0 (R's V). Differences of 0 are left out (Wilcoxon 1945). With fewer than 50 others the P
/// value is exact, ties or not (R's exactRankTests::wilcox.exact); else normal with continuity and
/// tie correction (R's wilcox.test). When all differences are 0, P is 1.
/// Throws Error invalid_value when there is none.
TestResult wilcoxon_signed_rank_test(std::span<const double> differences);

/// Patients whose two yes/no values differ.
struct DiscordantPairs {
    std::int64_t only_first = 0;   ///< Yes at first, then no.
    std::int64_t only_second = 0;  ///< No at first, then yes.
};

/// McNemar's test, exact: binomial with 1/2. P is 1 when no pair differs.
TestResult mcnemar_test(const DiscordantPairs& pairs);

/// Odds ratio only_second / only_first of the matched pairs with its exact (Clopper-Pearson)
/// interval; infinite where a count is 0. Throws Error invalid_value when no pair differs.
IntervalEstimate matched_odds_ratio(const DiscordantPairs& pairs);

}  // namespace paraspinal
