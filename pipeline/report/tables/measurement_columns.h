// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A column of `measurements.csv`.
struct MeasurementColumn {
    std::string name;
    /// Its cell for one study, measured or failed; empty when it is unknown.
    std::function<std::string(const StudyOutcome& outcome, const std::string& software_version)>
        text;
};

/// Column `reading` of a result as the run measured it.
inline constexpr std::string_view kModelReading = "model";

/// Columns that say whose result it is and from which image, whatever its numbers are.
inline constexpr std::array<std::string_view, 14> kIdentityColumns{"patient_id",
                                                                   "patient_sex",
                                                                   "patient_age_years",
                                                                   "study_uid",
                                                                   "study_date",
                                                                   "series_uid",
                                                                   "sop_instance_uid",
                                                                   "accession_number",
                                                                   "series_number",
                                                                   "series_description",
                                                                   "instance_number",
                                                                   "source_file",
                                                                   "study_folder",
                                                                   "patient_height_m"};

/// Columns that change with the clinical table and the risk model; all others are measured.
inline constexpr std::array<std::string_view, 12> kRiskColumns{"risk_model",
                                                               "risk_pct",
                                                               "risk_low_pct",
                                                               "risk_high_pct",
                                                               "risk_percentile",
                                                               "risk_imputed",
                                                               "qc_flags",
                                                               "risk_flags",
                                                               "companion_model",
                                                               "companion_risk_pct",
                                                               "companion_risk_low_pct",
                                                               "companion_risk_high_pct"};

/// All of them, in order. Users script against names and order: new ones go to the end, and
/// docs/columns.md says what each one means.
const std::vector<MeasurementColumn>& measurement_column_table();

}  // namespace paraspinal
