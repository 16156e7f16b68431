// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <vector>

namespace paraspinal {

/// Counts of patients, rows by columns, all rows equally long.
using CountTable = std::vector<std::vector<std::int64_t>>;

/// Smallest count expected if rows and columns were independent.
double smallest_expected_count(const CountTable& table);

/// Pearson's chi-square test of independence. With `continuity_correction` a 2 x 2 table gets that
/// of Yates, as in R. Rows and columns without any patient are left out.
/// Throws Error invalid_value when fewer than two rows or columns remain.
TestResult pearson_chi_square_test(const CountTable& table, bool continuity_correction = false);

/// Fisher's exact test (Freeman-Halton beyond 2 x 2): the probability, margins fixed, of all tables
/// that are no likelier than the one observed. For tables with two rows or two columns.
/// Throws Error invalid_value for others, and for more than 20 million possible tables.
TestResult fisher_exact_test(const CountTable& table);

/// True for the tables that fisher_exact_test takes.
bool fisher_is_feasible(const CountTable& table);

/// Odds ratio a d / (b c) of a 2 x 2 table with its Wald interval on the logarithm; 0.5 is added to
/// every count when one of them is 0 (Haldane and Anscombe).
IntervalEstimate odds_ratio(const CountTable& table);

/// Cramer's V, [0, 1].
double cramers_v(const CountTable& table);

}  // namespace paraspinal
