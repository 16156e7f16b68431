// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/dicom_write/measurement_report.h"
#include "pipeline/study/study_report.h"

namespace paraspinal {

/// What the structured report of a study says: a group of numbers for each structure that is
/// there, the papers' sums and ratios (CSA, FA, FDR, VB), the risk where it was computed, and in
/// words the level, the flags and the research notice. Numbers and digits are those of
/// measurements.csv.
MeasurementReportContent measurement_report_content(const StudyReport& report);

}  // namespace paraspinal
