// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/cohort_models.h"
#include "pipeline/cohort/models/regression_table.h"
#include "pipeline/tables/cohort_table.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// A coefficient with the interval and the test that belong together.
struct Term {
    IntervalEstimate logits;
    TestResult test;
    std::optional<double> standard_error;  ///< Absent when the estimate does not exist.
    double sd = 0;                         ///< Of the predictor among its patients.
};

/// A regression, and how its intervals are made.
struct Regression {
    CompleteCases cases;
    LogisticOptions options;
    LogisticFit fit;
    bool by_likelihood = false;
};

/// The regression of the outcome on columns of numbers. Throws as complete_cases and fit_logistic.
Regression regression_of(const CohortTable& cohort,
                         const std::vector<std::string>& columns,
                         const RegressionOptions& options);

/// Coefficient `term`, from 1. Where no finite estimate exists its value is the infinite end.
Term term_of(const Regression& regression, std::size_t term);

/// "Wald", "profile likelihood" or "penalized profile likelihood".
std::string interval_kind(const Regression& regression);

}  // namespace paraspinal
