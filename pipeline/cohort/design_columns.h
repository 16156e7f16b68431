// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <map>
#include <string>
#include <vector>

namespace paraspinal {

/// One predictor as the regression sees it.
struct DesignPredictor {
    std::string name;
    std::vector<std::string> columns;  ///< Itself, or a yes/no column for each class but one.
};

/// A cohort in which every predictor of classes also stands as yes/no columns, called
/// "leakage_type: spike (against none)".
struct Design {
    CohortTable cohort;
    std::vector<DesignPredictor> predictors;
};

/// The classes of a predictor are compared with its `reference`, or else its commonest one (of
/// equals the first in the alphabet). Throws Error usage for a reference that does not occur, a
/// predictor without values, and one of more than 20 classes.
Design design_of(const CohortTable& cohort,
                 const std::vector<std::string>& predictors,
                 const std::map<std::string, std::string>& reference);

/// All columns of the design.
std::vector<std::string> columns_of(const Design& design);

}  // namespace paraspinal
