// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"

#include <string>
#include <vector>

namespace paraspinal {

/// One patient's risk for a terminal of 80 columns: the probability with its interval, what was
/// missing or out of range, what the companion says, and what raises or lowers it.
std::string risk_text(const RiskModel& model,
                      const RiskEstimate& estimate,
                      const std::vector<RiskContribution>& contributions);

}  // namespace paraspinal
