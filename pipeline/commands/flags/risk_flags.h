// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/flags/flag_table.h"
#include "pipeline/tables/clinical_table.h"
#include "risk/model/estimate_risk.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// The options that say what the risk is estimated from, as typed.
struct RiskFlags {
    std::filesystem::path clinical_file;  ///< Empty: no risk.
    std::optional<std::string> sheet;     ///< Of that file, where it is a workbook.
    std::filesystem::path map;            ///< As read_column_map; may be empty.
    std::string risk_model = "yang2025";
};

std::vector<CommandFlag> risk_flags(RiskFlags& flags);

/// What risk needs.
struct RiskSetup {
    RiskEstimator estimator;
    ClinicalTable clinical;
};

/// Reads the clinical file and the model card; nullopt without a clinical file. Throws as
/// read_clinical_table and load_risk_model.
std::optional<RiskSetup> risk_setup(const RiskFlags& flags);

}  // namespace paraspinal
