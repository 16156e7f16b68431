// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/exported_studies.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace paraspinal {

/// What an export did.
struct ExportSummary {
    std::int64_t studies = 0;
    std::int64_t duplicates = 0;  ///< Studies found in more than one ledger.
    std::int64_t outdated = 0;    ///< Studies whose reading is of an earlier result.
    std::vector<std::filesystem::path> written;
};

/// Writes `studies` as one table to `file`, and beside it `muscles.csv`, what `--levels` and
/// `--every-slice` asked for, and the dictionary `columns.csv`. `complete` gets the path of the
/// table before it is put in its place and may change it; when it throws, nothing was written.
/// Throws Error output_not_writable.
ExportSummary export_ledgers(
    const ExportedStudies& studies,
    const std::filesystem::path& file,
    const std::function<void(const std::filesystem::path& table)>& complete = {});

}  // namespace paraspinal
