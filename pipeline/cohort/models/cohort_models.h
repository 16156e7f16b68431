// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"
#include "risk/model/validate_model.h"
#include "risk/statistics/logistic_regression.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

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

/// Patients of a cohort whose outcome is known, as a model sees them.
struct ModelPatients {
    std::vector<std::vector<std::optional<RiskInput>>> values;  ///< In the order of the predictors.
    std::vector<std::uint8_t> event;
    std::vector<std::size_t> rows;            ///< Of the cohort, from 0.
    std::size_t left_out = 0;                 ///< Their outcome is not known.
    std::vector<std::string> without_column;  ///< Predictors that the cohort does not have.
    std::size_t incomplete = 0;               ///< Patients who lack a value of another predictor.
    std::size_t otherwise = 0;                ///< Patients of whom measured_otherwise has a word.
};

/// Takes CSA, FDR and VB out of the rows that were measured at another level than L3, which the
/// published models are about, as `risk` does; how many rows these are.
std::size_t drop_other_levels(CohortTable& cohort);

/// Values and columns that are missing stay so: the estimator integrates them out. Throws Error
/// usage for an unfit outcome, a predictor's column that holds no numbers, and no predictor at all.
ModelPatients model_patients(const CohortTable& cohort,
                             const std::string& outcome,
                             const RiskModel& model);

/// What must be said of a validation: patients left out, or measured otherwise than the model's,
/// predictors and values integrated out, risks that were taken back from certainty.
std::vector<std::string> patients_warnings(const ModelPatients& patients,
                                           const ModelValidation& validation);

/// Things about a regression that its reader must be told: left-out patients, fewer than 10 events
/// per variable, predictors that tell the same (VIF), separation.
std::vector<std::string> regression_warnings(const CompleteCases& cases, const LogisticFit& fit);

}  // namespace paraspinal
