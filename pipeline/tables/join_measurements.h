// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/raw_table.h"
#include "pipeline/tables/join_summary.h"

#include <filesystem>
#include <string_view>

namespace paraspinal {

/// Puts the columns of measurements.csv beside those of a clinical table, row by row.
///
/// `measurements` is that file or the folder of a run. Rows find each other by the column `key`;
/// empty: by the first of study_uid, accession_number and patient_id by which any do. Where several
/// rows share a key on either side, they find each other by the date of the examination (study_date
/// of both, as parse_date); where both state a date and these differ, they are two examinations.
/// A patient ID or accession number that measurements call that of several people (the flags
/// `patient_id_contradiction`, `accession_number_contradiction`; contradictions_by_study of the
/// rows) joins nothing.
/// Rows of the table without a partner stay, without measurements; measured rows without one are
/// left out; all are in `unmatched`. Rows of failed studies hold nothing and are passed over.
///
/// A column that both have comes once. Throws Error malformed_file when its values differ in joined
/// rows, usage when there is no such key, invalid_value when no row finds another; and as
/// read_raw_table.
JoinSummary join_measurements(RawTable& table,
                              const std::filesystem::path& measurements,
                              std::string_view key);

/// The same for the rows of any two tables; those of `other` with a status `failed` are passed
/// over.
JoinSummary join_tables(RawTable& table,
                        const RawTable& other,
                        std::string_view key,
                        const JoinedTables& names = {});

}  // namespace paraspinal
