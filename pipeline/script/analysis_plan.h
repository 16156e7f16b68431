// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"

#include <string>
#include <vector>

namespace paraspinal {

/// Which columns of a cohort play which part in a script; names as we call them.
struct AnalysisPlan {
    std::string outcome;    ///< Yes/no; it may be that the table has no such column.
    std::string follow_up;  ///< Months at risk; the same holds.
    std::vector<std::string> predictors;
    std::vector<std::string> factors;  ///< Those predictors that are no classes: for ROC curves.
    std::vector<std::string> characteristics;  ///< Known before the outcome.
    std::vector<std::string> muscles;          ///< CSA, VB, FA, FDR.
    std::vector<std::string> after;            ///< Outcomes and whatever came after treatment.
};

struct AnalysisOptions {
    std::string outcome = "new_fracture";
    std::string follow_up = "follow_up_months";
    std::vector<std::string> predictors;  ///< Empty: those of yang2025 that the table has.
};

/// Throws Error usage for a predictor that is not there or of which no table shows anything, and
/// for an outcome other than the default one that is not there or not yes/no.
AnalysisPlan plan_analysis(const CohortTable& cohort, const AnalysisOptions& options);

/// The data that scripts read: the columns that tables may show, of measurements.csv the numbers
/// alone. In front the number `patient_number`, from 1: rows of one patient_id share it, and no ID
/// is in the data.
CohortTable analysis_cohort(const CohortTable& cohort);

/// The same as texts: by our names, numbers in full, yes/no as 1 and 0, empty where missing.
TextTable analysis_data(const CohortTable& data);

}  // namespace paraspinal
