// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/risk_flags.h"

#include "risk/model/load_risk_model.h"

#include <utility>

namespace paraspinal {

std::vector<CommandFlag> risk_flags(RiskFlags& flags) {
    return {{.name = "--clinical",
             .field = &flags.clinical_file,
             .about = "Clinical values by patient_id (CSV, JSON)",
             .value_name = "FILE"},
            {.name = "--risk-model",
             .field = &flags.risk_model,
             .about = "Model card, by name or file",
             .value_name = "NAME",
             .built_in = built_in_models()}};
}

std::optional<RiskSetup> risk_setup(const RiskFlags& flags) {
    if (flags.clinical_file.empty()) {
        return std::nullopt;
    }
    RiskModel model = load_risk_model(flags.risk_model);
    ClinicalTable clinical = read_clinical_table(flags.clinical_file, model);
    return RiskSetup{.estimator = RiskEstimator(std::move(model)), .clinical = std::move(clinical)};
}

}  // namespace paraspinal
