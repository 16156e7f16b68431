// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/audit: included by .cpp files only.
#pragma once

#include "risk/audit/audit.h"
#include "risk/model/json_reader_internal.h"

#include <vector>

namespace paraspinal {

/// Standard errors of a multivariable logistic regression against those that so many patients give,
/// if they are as the groups describe them: `sizes`, and `rows` of `where`, `standard_error` and
/// `means` and `sds`, or `counts` of patients who have it, of both groups. Predictors are taken for
/// independent within each group, numbers for normal: the regression is fitted to many simulated
/// patients (seeded) and its standard errors scaled to the stated number. Correlation makes
/// standard errors larger, twice where the others tell three quarters of a predictor; more than
/// that is asked about.
void audit_standard_errors(const JsonReader& line, std::vector<AuditFinding>& findings);

}  // namespace paraspinal
