// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/csv.h"
#include "risk/estimate_risk.h"

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace paraspinal {

/// What is known of each patient besides the images, by patient_id: predictor keys of the risk
/// models with their values. Unknown values have no entry.
using ClinicalTable = std::map<std::string, RiskInputs, std::less<>>;

/// Reads clinical values from a CSV file (see CsvReader) or, when the name ends in .json, from a
/// JSON object or array of objects. Columns and keys are those of docs/columns.md, section
/// "Clinical values"; others are ignored. Yes-or-no values are 1/0, yes/no or true/false; empty, NA
/// and null mean not known.
///
/// Throws Error input_not_found, unreadable_file, malformed_file (no patient_id, a patient twice, a
/// value that is no number, with its line and column). Whether a value is possible is up to the
/// model that uses it.
ClinicalTable read_clinical_table(const std::filesystem::path& file);

/// The clinical values in the current row of `csv`. Throws as above.
RiskInputs clinical_values(const CsvReader& csv);

}  // namespace paraspinal
