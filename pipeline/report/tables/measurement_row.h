// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The columns of `measurements.csv`, in order; docs/columns.md says what each one means.
/// Users script against them: new ones go to the end.
const std::vector<std::string>& measurement_columns();

/// One cell a column for a measured or failed study; unknown is empty, never 0.
std::vector<std::string> measurement_row(const StudyOutcome& outcome,
                                         const std::string& software_version);

/// `measurements.csv`: every study, failures included, sorted by patient ID, then study UID, so
/// that the order of `outcomes` leaves no trace.
std::string measurements_csv(const std::vector<StudyOutcome>& outcomes,
                             const std::string& software_version);

}  // namespace paraspinal
