// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/study.h"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {

/// What series are called, by study and series ID, as public releases say it beside images whose
/// headers do not.
using SeriesTable = std::map<std::pair<std::string, std::string>, std::string>;

/// Reads a CSV with the columns study_id, series_id and series_description.
/// Throws Error as CsvReader, and malformed_file when a column is missing.
SeriesTable read_series_table(const std::filesystem::path& file);

/// The first CSV file, by name, that lies in one of the folders `roots` itself and has these
/// columns; an empty path when there is none.
std::filesystem::path find_series_table(const std::vector<std::filesystem::path>& roots);

/// What the table calls `series`; empty when it does not know it. An ID of the table means the UID
/// that it equals or ends, behind a point, or the folder that holds the images.
std::string description_in(const SeriesTable& table,
                           const std::string& study_uid,
                           const Series& series);

}  // namespace paraspinal
