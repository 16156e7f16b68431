// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

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

/// All of them, in order. Users script against names and order: new ones go to the end, and
/// docs/columns.md says what each one means.
const std::vector<MeasurementColumn>& measurement_column_table();

}  // namespace paraspinal
