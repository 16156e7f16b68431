// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "risk/statistics/group_tests.h"

#include <map>
#include <string>
#include <vector>

namespace paraspinal {

struct RegressionOptions {
    std::string outcome = "new_fracture";
    std::vector<std::string> predictors;  ///< Numbers, yes/no or classes.
    bool firth = false;
    bool profile = false;  ///< Profile-likelihood intervals and P; default for Firth.
    /// The class that others of a column are compared with; without it the commonest.
    std::map<std::string, std::string> reference;
    bool exact = false;  ///< Numbers in full, in columns of their own at the end, for machines.
};

/// A term of the model of all predictors; no ratio where it has no estimate.
struct OddsRatio {
    std::string name;         ///< Of the predictor, or "column: class".
    IntervalEstimate logits;  ///< One end, and the value, infinite where outcomes are separated.
    std::string text;         ///< As the table has it: of one unit, or "per SD".
};

struct LogisticTables {
    TextTable table;  ///< Per predictor: univariable OR and P; multivariable B, SE, Wald, P, OR.
    std::vector<OddsRatio> ratios;
    std::vector<std::string> warnings;
};

/// As Table 3 of Yang et al. 2025, with the univariable odds ratios beside it, each on all patients
/// that have that predictor. Interval and P of one cell are always of one kind: Wald's, or profile
/// likelihood with the (penalized) likelihood-ratio test (with Firth's penalty, on request, and
/// when the outcomes are separated, where B and SE do not exist and are not shown). Classes become
/// a row for each but the reference. What a reader must know stands in the notes of the table.
/// Throws Error usage for columns of unfit kinds and invalid_value as fit_logistic.
LogisticTables logistic_cohort(const CohortTable& cohort, const RegressionOptions& options);

}  // namespace paraspinal
