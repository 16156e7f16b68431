// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/study_record.h"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {

/// Rows of measurements.csv, slices.csv or vertebrae.csv. Numbers that follow uses are written with
/// a decimal point, whatever the table has. Throws Error malformed_file, with file, line and
/// column, for a cell that is no number or one that nothing measured can have (an area below 0, a
/// body of 0, a share above 100 %), for a table without the columns of check_run_columns, and as
/// CsvReader. `study_uids`: those of these studies alone; null: all.
std::vector<NamedCells> read_checked_rows(const std::filesystem::path& file,
                                          const std::set<std::string>* study_uids);

}  // namespace paraspinal
