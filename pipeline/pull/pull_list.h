// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/node/client/archive.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace paraspinal {

/// Which studies a researcher wants.
struct PullList {
    ArchiveKey key = ArchiveKey::accession_number;
    std::vector<std::string> values;  ///< In the order of the file, each once.
    std::size_t repeated_lines = 0;   ///< That name a value once more.
    std::size_t empty_lines = 0;      ///< Without a value.
};

/// "accession_number" or "study_uid": the column in our own tables.
std::string_view column_name(ArchiveKey key);

/// Reads a CSV file with a column of accession numbers ("accession_number", "Accession Number",
/// "accession") or, if there is none, of study UIDs ("study_uid", "StudyInstanceUID"); other
/// columns do not matter. Throws as CsvReader, and Error malformed_file when neither column is
/// there.
PullList read_pull_list(const std::filesystem::path& file);

}  // namespace paraspinal
