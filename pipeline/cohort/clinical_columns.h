// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/join_summary.h"
#include "pipeline/tables/table_reader.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What became of a clinical table beside an export.
struct ClinicalColumns {
    JoinSummary join;                   ///< `is_measured` marks rows of the export.
    std::vector<std::string> left_out;  ///< Columns that lead to patients, or hold free text.
};

/// Adds the columns of the table `clinical` to every row of the exported table `file`, joined as
/// join_tables does by `key`; empty: it finds that. Identifiers and free text stay out
/// (guess_column_kind). Throws Error as read_raw_table, join_tables and write_file.
ClinicalColumns add_clinical_columns(const std::filesystem::path& file,
                                     const std::filesystem::path& clinical,
                                     const TableOptions& options,
                                     std::string_view key);

}  // namespace paraspinal
