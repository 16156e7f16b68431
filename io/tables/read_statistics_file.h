// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/tables/table_rows.h"

#include <filesystem>

namespace paraspinal {

/// Reads the data of SPSS (.sav, .zsav) or Stata (.dta) through ReadStat.
///
/// Columns are the variables, cells texts: numbers in full, dates and times of either program as
/// "2026-01-31" with the time behind. Where every value of a variable has a label, the labels stand
/// for the codes ("Female" for 2); a scale of which only some values are labelled keeps its
/// numbers. System-missing, user-defined missing and Stata's .a to .z are empty.
///
/// Throws Error input_not_found, unreadable_file and malformed_file (damaged, or more than
/// kMostTableCells cells).
TableRows read_statistics_file(const std::filesystem::path& file);

}  // namespace paraspinal
