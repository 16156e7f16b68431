// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/compare/readers/rated_columns.h"
#include "pipeline/tables/cohort_table.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// How the rows of the tables find each other.
struct JoinOptions {
    /// Columns that together name a row; empty: study_uid, structure and side where all tables
    /// have them, else study_uid, else patient_id.
    std::vector<std::string> key;
    /// The columns to compare; empty: of tables of measurements CSA, FA, FDR, VB, lean CSA, fat
    /// fraction and those of each muscle and side; of others every one that holds numbers in all,
    /// identifiers and dates left out.
    std::vector<std::string> columns;
    /// Of rows told by structure and side: all structures in one number, instead of each alone.
    bool pooled = false;
    CohortReading reading;  ///< Of all tables.
};

/// Joins two tables or more, one a rater, and measures the agreement of every shared column of
/// numbers, on the rows that all of them have.
/// Throws Error usage for fewer than two tables, when a column that was asked for is not in all, or
/// no key is; invalid_value when no row or no column is shared; and as read_cohort.
TableAgreement agree_tables(const std::vector<std::filesystem::path>& files,
                            const JoinOptions& options);

}  // namespace paraspinal
