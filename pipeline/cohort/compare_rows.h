// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/compare_groups.h"
#include "pipeline/tables/cohort_table.h"
#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// One group in one row, as numbers: moments of a number, else patients of all or events.
struct GroupCell {
    std::string text;
    double n = 0;
    std::optional<double> mean;
    std::optional<double> sd;
    std::optional<std::int64_t> count;
};

/// A row of a comparison.
struct CompareRow {
    std::string variable;
    std::vector<GroupCell> groups;
    std::string effect_text;
    std::string effect_kind;  ///< MD, PS, OR, RR or V; empty where there is none.
    std::optional<IntervalEstimate> effect;
    TestResult test;  ///< Its method is the reason where there is no P.
    bool has_p = false;
    std::string note;  ///< What a reader must know of the row.
};

/// Moments of a number column; two groups: t or Mann-Whitney U, more: analysis of variance or
/// Kruskal-Wallis.
CompareRow number_row(const CohortColumn& column, const Grouping& grouping, NumberTest wanted);

/// Counts: one row for yes/no, else a row for the test and one for each class. More than two
/// ordered classes are tested by their ranks, unless a test of counts is asked for.
std::vector<CompareRow> class_rows(const CohortColumn& column,
                                   const Grouping& grouping,
                                   ClassTest wanted);

}  // namespace paraspinal
