// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/risk_flags.h"

#include "risk/model/load_risk_model.h"

#include <utility>

namespace paraspinal {

std::vector<CommandFlag> risk_flags(RiskFlags& flags) {
    return {{.name = "--clinical",
             .field = &flags.clinical_file,
             .about = "Clinical values by patient_id (table, JSON)",
             .value_name = "FILE"},
            {.name = "--sheet",
             .field = &flags.sheet,
             .about = "Of a clinical workbook, by name or number",
             .value_name = "NAME"},
            {.name = "--map",
             .field = &flags.map,
             .about = "What clinical columns mean (column,means)",
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
    ClinicalTable clinical = read_clinical_table(
        flags.clinical_file, model, {.sheet = flags.sheet.value_or(""), .map = flags.map});
    return RiskSetup{.estimator = RiskEstimator(std::move(model)), .clinical = std::move(clinical)};
}

}  // namespace paraspinal
