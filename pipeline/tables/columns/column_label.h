// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <string>
#include <string_view>

namespace paraspinal {

/// "Age" of age_years, without its unit; empty for a column that we do not know.
std::string_view known_label(std::string_view name);

/// What a table for people calls a column: the label that the user declared, else the one of a
/// column that we know ("Age" of age_years), else its name in the file; with its unit: "Age
/// (years)".
std::string column_label(const CohortColumn& column);

}  // namespace paraspinal
