// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "risk/statistics/roc.h"

#include <string>
#include <vector>

namespace paraspinal {

struct RocOptions {
    std::string outcome = "new_fracture";
    std::vector<std::string> factors;
    bool combined = false;  ///< The curve of a logistic model of all factors too.
    CutoffBootstrap cutoffs{};
    bool exact = false;  ///< Numbers in full, in columns of their own at the end, for machines.
};

struct RocFactor {
    std::string name;
    RocAnalysis roc;
    IntervalEstimate cutoff;     ///< Of Youden, with its bootstrap interval.
    bool is_degenerate = false;  ///< has_degenerate_area.
    std::size_t patients = 0;
};

/// ROC analysis of each factor on the patients that have it and, with `combined`, of the
/// predictions of their logistic model on those that have all.
std::vector<RocFactor> roc_cohort(const CohortTable& cohort, const RocOptions& options);

/// As Figure 3 of Yang et al. 2025, of the `factors` that roc_cohort found with these options: AUC,
/// cutoff, sensitivity, specificity, PPV, NPV, accuracy; the notes compare every further factor
/// with the first (DeLong), on the patients that have both.
TextTable roc_table(const CohortTable& cohort,
                    const std::vector<RocFactor>& factors,
                    const RocOptions& options);

}  // namespace paraspinal
