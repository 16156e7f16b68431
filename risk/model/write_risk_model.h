// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"

#include <string>

namespace paraspinal {

/// The model card as JSON; parse_risk_model reads it back unchanged.
std::string risk_model_json(const RiskModel& model);

}  // namespace paraspinal
