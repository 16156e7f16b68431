// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"

#include <string>

namespace paraspinal {

/// `text` with the label and unit (column_label) of the column that it is or begins with.
std::string label_for_people(const std::string& text, const CohortTable& cohort);

/// `table`, whose first column names columns of `cohort`, with their labels and units instead
/// (column_label), also in its notes, and with a note that says what its abbreviations mean.
TextTable table_for_people(TextTable table, const CohortTable& cohort);

}  // namespace paraspinal
