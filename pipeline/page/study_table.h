// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <cstddef>
#include <filesystem>
#include <string>

namespace paraspinal {

/// The studies of one run: `measurements.csv` and the folder that it lies in.
struct RunTable {
    std::filesystem::path folder;
    CohortTable rows;

    /// Text of a cell; empty where it is missing, also when the table has no such column.
    [[nodiscard]] std::string text(std::size_t row, std::string_view column) const;
};

/// Reads `folder`/measurements.csv. Throws Error input_not_found saying what makes that file, or as
/// CsvReader; malformed_file when it lacks the columns status or study_uid.
RunTable read_run_table(const std::filesystem::path& folder);

/// The folder of the study in `row`, relative to the run's folder, as written by
/// write_study_outputs, there or in the `shard_<n>` folders of a run on a cluster; empty when there
/// is none.
std::string study_folder_of(const RunTable& run, std::size_t row);

/// The HTML table of all studies, one line each with picture, numbers and flags. Pictures and
/// folders are linked, not embedded, so that a page of thousands stays small.
std::string study_table_html(const RunTable& run);

}  // namespace paraspinal
