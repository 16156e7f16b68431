// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What became of a clinical table beside an export.
struct ClinicalColumns {
    JoinSummary join;                        ///< `is_measured` marks rows of the export.
    std::vector<std::string> left_out;       ///< Columns that lead to patients, or hold free text.
    ColumnKinds kinds;                       ///< Of the columns of the clinical table.
    std::vector<std::string> missing_words;  ///< As CohortTable.
    std::string unreadable;                  ///< As CohortTable.
};

/// To what the columns are added.
struct ClinicalTarget {
    std::string_view name = "the export";  ///< In messages.
    bool keeps_text = false;               ///< Free text is added too.
    /// IDs that differ in case, blanks or leading zeros alone (plain_patient_id) are one patient's.
    bool has_plain_ids = false;
};

/// Adds the columns of the table `clinical` to every row of the exported table `file`, joined as
/// join_tables does by `reading.key`; empty: it finds that. What a column holds is decided on the
/// whole of `clinical`, as read_cohort does: identifiers and free text stay out, missing cells are
/// empty; cells that cannot be read stay as they are, but for numbers as plain_text has them.
/// `reading.measurements` is not looked at. Throws Error as read_cohort, join_tables and
/// write_file.
ClinicalColumns add_clinical_columns(const std::filesystem::path& file,
                                     const std::filesystem::path& clinical,
                                     const CohortReading& reading,
                                     const ClinicalTarget& target = {});

}  // namespace paraspinal
