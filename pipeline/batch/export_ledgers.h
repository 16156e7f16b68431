// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/pseudonyms.h"
#include "pipeline/batch/apply_readings.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// What an export did.
struct ExportSummary {
    std::int64_t studies = 0;
    std::int64_t duplicates = 0;  ///< Studies found in more than one ledger.
    std::vector<std::filesystem::path> written;
};

/// Writes the studies of all `ledgers` (files, or folders of a batch) as one table to `file`, and
/// beside it `muscles.csv` and the dictionary `columns.csv`; sorted by patient ID, then study UID,
/// as they are written.
///
/// A study in several ledgers has one row: if they agree, that one; if only one of them measured
/// it, the measured one; if all failed, that of the first ledger named. Two different measurements
/// are refused. Rows are as the readings beside the ledgers have them; `reading` is the choice of
/// ChosenReadings.
///
/// Throws Error duplicate_study, and as Ledger, ChosenReadings and write_file.
ExportSummary export_ledgers(const std::vector<std::filesystem::path>& ledgers,
                             const std::filesystem::path& file,
                             const std::optional<Pseudonyms>& pseudonyms,
                             const std::string& reading = kLatestReading);

}  // namespace paraspinal
