// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/pull/pull_list.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What became of one accession number (or study UID).
enum class PullStatus {
    not_tried,
    found,       ///< Its one MR study was retrieved.
    several,     ///< So were the several MR studies that it names.
    incomplete,  ///< Retrieved, but the archive could not send some objects of its MR series.
    not_found,   ///< The archive knows no such study.
    no_mr,       ///< There is a study without MR images.
    failed,      ///< See reason and message.
    invalid,     ///< Cannot be asked for, see may_be_asked.
};

std::string_view status_name(PullStatus status);

/// A row of pull.csv.
struct PullRow {
    std::string value;  ///< The accession number or study UID.
    PullStatus status = PullStatus::not_tried;
    std::string reason;        ///< Error code of `failed`.
    std::int64_t series = 0;   ///< MR series.
    std::int64_t images = 0;   ///< Objects that arrived (C-GET) or were sent on (C-MOVE).
    std::int64_t missing = 0;  ///< Objects that the archive holds and did not deliver.
    std::vector<std::string> study_uids;  ///< Studies with MR series, sorted.
    std::string message;                  ///< Why it failed.
    friend bool operator==(const PullRow&, const PullRow&) = default;
};

/// Whether all that the row names is here: found or several.
bool is_retrieved(const PullRow& row);

/// One row a value of `list`, taken over from an earlier pull.csv where that has it.
/// Throws as CsvReader, and Error malformed_file when `earlier` is no such table.
std::vector<PullRow> pull_rows(const PullList& list, const std::filesystem::path& earlier);

/// Writes pull.csv, all rows in their order. Throws Error output_not_writable.
void write_pull_table(const std::filesystem::path& file,
                      ArchiveKey key,
                      const std::vector<PullRow>& rows);

/// "3000 accession numbers: 2950 found, 40 not found, 10 failed".
std::string pull_summary(ArchiveKey key, const std::vector<PullRow>& rows);

}  // namespace paraspinal
