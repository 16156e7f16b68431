// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"

#include <string>
#include <vector>

namespace paraspinal {

/// What raises and lowers one patient's risk, as bars, below the risk with its interval. The same
/// input gives the same bytes.
std::string contributions_svg(const RiskModel& model,
                              const RiskEstimate& estimate,
                              const std::vector<RiskContribution>& contributions);

}  // namespace paraspinal
