// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/script/analysis_plan.h"

#include <cstdint>
#include <string>
#include <vector>

namespace paraspinal {

/// Whose language a script speaks.
enum class ScriptProgram : std::uint8_t { r, spss, stata };

struct AnalysisScript {
    std::string text;
    std::vector<std::string> left_out;  ///< Sections that need columns which are not there.
};

/// A script that goes on from the data of analysis_cohort. Of R: tables of both articles, logistic
/// regression, ROC curves, multiple imputation, splines, a nomogram, mixed models, Kaplan-Meier and
/// Cox, from data.csv and dictionary.csv (cohort_dictionary); of SPSS (data.sav) and Stata
/// (data.dta): the tables, logistic regression, ROC curves and Cox. In the place of a section whose
/// columns are not there stands a comment that says which. `source` is what the script says that it
/// was made from. The sections are the other files of this folder.
AnalysisScript analysis_script(ScriptProgram program,
                               const CohortTable& data,
                               const AnalysisPlan& plan,
                               const std::string& source);

}  // namespace paraspinal
