// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"

#include <string>
#include <vector>

namespace paraspinal {

/// Two columns of the same patients, before and after.
struct ColumnPair {
    std::string first;
    std::string second;
};

enum class PairedTest { automatic, paired_t, signed_rank };

struct PairedOptions {
    /// Empty: every NAME_pre with its NAME_post.
    std::vector<ColumnPair> pairs;
    std::string by;  ///< Column of groups, each of which is tested alone; empty for none.
    /// Of numbers. Automatic: Wilcoxon's signed rank when there are fewer than 10 pairs or the
    /// differences have a skewness beyond -1 to 1, else the paired t.
    PairedTest test = PairedTest::automatic;
    bool exact = false;  ///< Numbers in full, in columns of their own at the end, for machines.
};

/// The change within patients: both means and SDs, the mean change second - first with its t
/// interval, test, P, P adjusted over all rows after Holm and after Benjamini and Hochberg. Yes/no
/// columns: both shares, odds ratio of the patients who changed, McNemar's exact test. Patients who
/// lack one of the two are left out of that row. Throws Error usage when there is no pair, or one
/// of unfit kinds.
TextTable paired_cohort(const CohortTable& cohort, const PairedOptions& options);

}  // namespace paraspinal
