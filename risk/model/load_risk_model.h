// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Names of the model cards that are part of the program, sorted.
std::vector<std::string> built_in_models();

/// The built-in card of that name or, failing that, the card in the file of that path.
///
/// Throws Error input_not_found when there is neither (the message lists the built-in names),
/// unreadable_file, or malformed_file naming the field: "predictors[3].coefficient: must be a
/// number".
RiskModel load_risk_model(const std::string& name_or_path);

/// The card in `json`; throws Error malformed_file as above.
RiskModel parse_risk_model(std::string_view json);

/// The text of a built-in card, as shipped. Throws Error input_not_found.
std::string_view built_in_model_card(std::string_view name);

}  // namespace paraspinal
