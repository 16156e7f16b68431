// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

// What the columns of other people's tables are called, and what we call them (docs/tables.md).

/// A column that we know, and the names under which archives, REDCap and spreadsheets have it.
struct ColumnAliases {
    std::string_view key;
    std::vector<std::string_view> others;
};

/// The one table of aliases. A quantity with a unit has only names that state it: nobody can tell
/// whether "Hemoglobin" is in g/L or g/dL.
std::span<const ColumnAliases> column_aliases();

/// Names of columns by the user's own: as in her table, then as we call it.
using ColumnMap = std::map<std::string, std::string, std::less<>>;

/// Reads a CSV with the columns `column` and `means`, as `cohort dictionary` writes them too; rows
/// that say nothing of what a column means are passed over. An empty path gives an empty map.
/// Throws as CsvReader, and Error malformed_file for a column that is mapped twice.
ColumnMap read_column_map(const std::filesystem::path& file);

/// Our name of a column called `header`; `header` itself where we know none. Letters and digits
/// count, case, blanks and punctuation do not: "Patient ID", "patient-id" and "PatientID" are one.
std::string known_column(std::string_view header);

/// Our names of the columns of a table: those of `map`, then the aliases. A column that bears one
/// of our names itself has it whatever an alias says.
/// Throws Error malformed_file when two columns would have one name, and when `map` names columns
/// of which the table has none.
std::vector<std::string> named_columns(const std::vector<std::string>& headers,
                                       const ColumnMap& map);

/// "has no column fracture; did you mean new_fracture? It has: patient_id, new_fracture, ...".
std::string no_column_text(std::string_view wanted, std::span<const std::string> columns);

}  // namespace paraspinal
