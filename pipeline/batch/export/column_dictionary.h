// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace paraspinal {

/// What one column of a table means.
struct ColumnMeaning {
    std::string table;  ///< "measurements.csv" or "muscles.csv".
    std::string name;
    std::string unit;
    std::string meaning;
    std::string source;      ///< "DICOM (0010,0020)", or "paraspinal" for what is measured.
    std::string empty_when;  ///< "never", or why the cell may be empty.
};

/// Whether numbers stand in it.
bool is_number(const ColumnMeaning& column);

/// "ok", "flagged", "failed": all that may stand in it; empty where that is no closed list.
std::vector<std::string> classes_of(const ColumnMeaning& column);

/// All columns of both tables in order. Made from docs/columns.md, which is built in, so that
/// people and programs read the same words.
std::vector<ColumnMeaning> column_dictionary();

/// The same as a table, `columns.csv`.
std::string column_dictionary_csv();

}  // namespace paraspinal
