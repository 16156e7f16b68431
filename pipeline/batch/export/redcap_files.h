// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/column_types.h"

#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// What became of a table on its way to REDCap.
struct RedcapFiles {
    std::vector<std::filesystem::path> written;
    /// Cells left empty because REDCap would refuse them, a sentence a column.
    std::vector<std::string> notes;
};

/// Writes the exported table `table` as a data dictionary (`redcap_data_dictionary.csv`) and the
/// data to import (`redcap_import.csv`) into `folder`, which is made if need be. One record an
/// examination: `record_id` is "study_" and 32 hexadecimal digits made from the table's study UID
/// and patient ID, the same in every export under the same key, and never taken for a number.
/// Columns that measurements.csv does not have become a second instrument; `kinds` says what they
/// hold, as that was decided on the whole table they came from.
///
/// Throws Error duplicate_study when two rows would be one record, and as CsvReader and write_file.
RedcapFiles write_redcap(const std::filesystem::path& table,
                         const ColumnKinds& kinds,
                         const std::filesystem::path& folder);

}  // namespace paraspinal
