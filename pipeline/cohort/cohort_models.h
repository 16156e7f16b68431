// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "risk/statistics/logistic_regression.h"
#include "risk/statistics/roc.h"

#include <string>
#include <vector>

namespace paraspinal {

struct RegressionOptions {
    std::string outcome = "new_fracture";
    std::vector<std::string> predictors;  ///< Number or yes/no columns.
    bool firth = false;
    bool profile = false;  ///< Profile-likelihood intervals; default for Firth.
    bool exact = false;    ///< P values in full, for machines.
};

/// Complete cases of a cohort for a regression, and how many were left out.
struct CompleteCases {
    RegressionData data;
    std::vector<std::size_t> rows;  ///< Of the cohort, from 0.
    std::size_t left_out = 0;
    std::size_t events = 0;
};

/// Throws Error usage for columns that are no numbers, or none at all.
CompleteCases complete_cases(const CohortTable& cohort,
                             const std::string& outcome,
                             const std::vector<std::string>& predictors);

/// Things about a regression that its reader must be told: left-out patients, fewer than 10 events
/// per variable, separation.
std::vector<std::string> regression_warnings(const CompleteCases& cases, const LogisticFit& fit);

struct LogisticTables {
    TextTable
        table;  ///< Per predictor: univariable OR and P; multivariable B, SE, Wald, P, OR, CI.
    std::vector<std::string> warnings;
};

/// As Table 3 of Yang et al. 2025, with the univariable odds ratios beside it.
LogisticTables logistic_cohort(const CohortTable& cohort, const RegressionOptions& options);

struct RocFactor {
    std::string name;
    RocAnalysis roc;
    std::size_t patients = 0;
};

/// ROC analysis of each factor, on the patients that have it.
std::vector<RocFactor> roc_cohort(const CohortTable& cohort,
                                  const std::string& outcome,
                                  const std::vector<std::string>& factors);

/// As Figure 3 of Yang et al. 2025: AUC, cutoff, sensitivity, specificity, PPV, NPV, accuracy.
TextTable roc_table(const std::vector<RocFactor>& factors);

}  // namespace paraspinal
