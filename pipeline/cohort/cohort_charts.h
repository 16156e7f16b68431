// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/roc_table.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"
#include "risk/model/validate_model.h"

#include <string>
#include <vector>

namespace paraspinal {

// Figures as SVG documents; the same input gives the same bytes.

/// ROC curves, with their areas in the legend.
std::string roc_svg(const std::vector<RocFactor>& factors);

/// Calibration plot and decision curve.
std::string validation_svg(const ModelValidation& validation);

/// What raises and lowers one patient's risk, as bars.
std::string contributions_svg(const RiskModel& model,
                              const std::vector<RiskContribution>& contributions);

}  // namespace paraspinal
