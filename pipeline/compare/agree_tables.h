// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "risk/statistics/agreement.h"
#include "risk/statistics/difference_shape.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// How the rows of two tables find each other.
struct JoinOptions {
    /// Columns that together name a row; empty: study_uid, structure and side where both tables
    /// have them all, else study_uid, else patient_id.
    std::vector<std::string> key;
    /// The columns to compare; empty: of two tables of measurements CSA, FA, FDR, VB, lean CSA, fat
    /// fraction and those of each muscle and side; of others every one that holds numbers in both,
    /// identifiers and dates left out.
    std::vector<std::string> columns;
    /// Of rows told by structure and side: all structures in one number, instead of each alone.
    bool pooled = false;
    CohortReading reading;  ///< Of both tables.
};

/// What became of the rows of one table.
struct JoinedRows {
    std::int64_t rows = 0;
    std::int64_t without_key = 0;  ///< The first key cell or an identifier is empty.
    std::int64_t failed = 0;       ///< Their status is "failed": nothing was measured.
    std::int64_t duplicate = 0;    ///< Rows whose key occurs more than once here; none is used.
    std::int64_t unmatched = 0;    ///< The key is not in the other table.
};

/// One column of both tables.
struct ColumnAgreement {
    std::string column;
    /// Structure and side of the rows, "multifidus right", or "all structures pooled"; empty where
    /// the key tells none.
    std::string group;
    std::vector<double> first;  ///< One a joined row; NaN where missing.
    std::vector<double> second;
    Agreement agreement;
    DifferenceShape shape;
};

/// What a reader calls it: "area_cm2, multifidus right".
std::string agreement_name(const ColumnAgreement& one);

struct TableAgreement {
    std::vector<std::string> key;  ///< As in the first table.
    std::int64_t joined = 0;
    JoinedRows first;
    JoinedRows second;
    std::vector<ColumnAgreement> columns;  ///< In the order of the first table.
    std::vector<std::string> notes;        ///< As CohortTable::notes, of both.
};

/// Joins two tables and measures the agreement of every shared column of numbers.
/// Throws Error usage when a column that was asked for is not in both, or no key is; invalid_value
/// when no row or no column is shared; and as read_cohort.
TableAgreement agree_tables(const std::filesystem::path& first,
                            const std::filesystem::path& second,
                            const JoinOptions& options);

}  // namespace paraspinal
