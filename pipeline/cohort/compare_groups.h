// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "risk/statistics/group_tests.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

enum class NumberTest { automatic, welch, student, mann_whitney };
enum class ClassTest { automatic, pearson, fisher };

struct CompareOptions {
    std::string by;                    ///< Column that makes the groups.
    std::vector<std::string> groups;   ///< Its values to compare; empty for all it has.
    std::vector<std::string> columns;  ///< To compare; empty for all that tables show but `by`,
                                       ///< of joined measurements the numbers.
    /// Automatic: Mann-Whitney U (more than two groups: Kruskal-Wallis) when a group has fewer than
    /// 10 values or a skewness beyond -1 to 1, else Welch's t (analysis of variance).
    NumberTest number_test = NumberTest::automatic;
    /// Automatic: Fisher exact when an expected count is below 5, else Pearson's chi-square.
    ClassTest class_test = ClassTest::automatic;
    /// Column with each patient's time at risk; without it there are no rates.
    std::string follow_up = "follow_up_months";
    /// Yes/no columns that happened in that time; empty for the fracture columns of the contract.
    std::vector<std::string> events;
    bool exact = false;  ///< Numbers in full, in columns of their own at the end, for machines.
};

/// Which group each patient belongs to: its place in `names`, or none.
struct Grouping {
    std::vector<std::string> names;
    std::vector<std::optional<std::size_t>> group;
};

/// The groups that `options` name. Throws Error usage when there are not two to twelve, naming
/// those that there are, and as shown_column.
Grouping grouping_of(const CohortTable& cohort, const CompareOptions& options);

/// The columns that are compared. Throws as shown_column.
std::vector<const CohortColumn*> compared_columns(const CohortTable& cohort,
                                                  const CompareOptions& options);

/// Groups side by side, as in Tables 1 and 2 of both papers: means and SDs or counts and
/// percentages, effect with 95 % interval (MD mean difference; PS, for Mann-Whitney, probability
/// that a patient of the first group has the larger value; OR odds ratio, first group over second;
/// RR ratio of rates; V Cramer's V), test, P, and P adjusted over all rows after Holm and after
/// Benjamini and Hochberg. Events get a row of rates per 100 patient-years too. Throws as
/// grouping_of and compared_columns.
TextTable compare_cohort(const CohortTable& cohort, const CompareOptions& options);

}  // namespace paraspinal
