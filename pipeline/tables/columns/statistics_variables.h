// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/tables/write_statistics_file.h"
#include "pipeline/tables/cohort_table.h"

#include <vector>

namespace paraspinal {

/// The columns of a cohort as variables of SPSS or Stata: numbers; yes/no as 1 and 0 and classes as
/// codes from 1, with labels (ordered ones in their order; classes that are numbers keep these);
/// dates as dates where every cell is one; all else as text. Labels as column_label.
std::vector<StatisticsVariable> statistics_variables(const CohortTable& cohort);

}  // namespace paraspinal
