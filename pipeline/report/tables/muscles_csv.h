// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <string>
#include <vector>

namespace paraspinal {

/// The columns of `muscles.csv`, in order; docs/columns.md says what each one means.
const std::vector<std::string>& muscle_columns();

/// The rows of one measured study: one a structure and side, in label order.
std::vector<std::vector<std::string>> muscle_rows(const StudyReport& report);

/// `muscles.csv` in the order of `measurements_csv`: one row a structure and side, in label order;
/// a structure that is not outlined has 0 pixels and empty areas. Fat cells of vertebral body and
/// psoas are empty: it is not measured there. A failed study has no row.
std::string muscles_csv(const std::vector<StudyOutcome>& outcomes);

}  // namespace paraspinal
