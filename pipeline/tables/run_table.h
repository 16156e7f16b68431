// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// The studies of one run: `measurements.csv` and the folder that it lies in.
struct RunTable {
    std::filesystem::path folder;
    CohortTable rows;

    /// Text of a cell; empty where it is missing, also when the table has no such column.
    [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
};

/// `folder`/measurements.csv. Throws Error input_not_found saying what makes that file.
std::filesystem::path run_table_file(const std::filesystem::path& folder);

/// Throws Error malformed_file when `columns` lack those of every table of measurements: status and
/// study_uid.
void check_run_columns(const std::vector<std::string>& columns);

/// Reads `folder`/measurements.csv. Throws Error as run_table_file, CsvReader and
/// check_run_columns.
RunTable read_run_table(const std::filesystem::path& folder);

/// The folder of a study, relative to the `run` folder, as written by write_study_outputs, there or
/// in the `shard_<n>` folders of a run on a cluster; `named`: its `study_folder` in the table.
/// Empty when there is none.
std::string study_folder_of(const std::filesystem::path& run,
                            const std::string& study_uid,
                            const std::string& named);
/// That of the study in `row`.
std::string study_folder_of(const RunTable& run, std::size_t row);

}  // namespace paraspinal
