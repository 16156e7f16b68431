// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/clinical_table.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// One patient of a clinical JSON file.
struct ClinicalPatient {
    std::string key;                   ///< patient_id or accession_number; may be empty.
    RowKey kind = RowKey::patient_id;  ///< Which of them it is.
    ClinicalTable::Row row;
};

/// The patients of a JSON file, in order. Throws as read_clinical_table.
std::vector<ClinicalPatient> read_clinical_json(const std::filesystem::path& file,
                                                const RiskModel& model);

/// "M" for "m", "male" or "man", "F" for "f", "female", "w" or "woman", in any case; else empty.
std::string sex_of(std::string_view text);

/// Whether the name of `file` ends in .json.
bool is_json_file(const std::filesystem::path& file);

}  // namespace paraspinal
