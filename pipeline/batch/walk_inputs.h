// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger/ledger.h"
#include "pipeline/batch/read_headers.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace paraspinal {

/// Files met by a walk.
struct WalkCount {
    std::int64_t files = 0;
    std::int64_t opened = 0;   ///< New or changed ones, whose headers were read.
    std::int64_t skipped = 0;  ///< Opened ones that belong to no study.
};

/// Reads the header of one file: read_header, or HeaderReader::read.
using ReadHeader = std::function<HeaderAnswer(const std::filesystem::path& file)>;

/// Walks `roots` once and notes in `ledger` every file and the study it belongs to, wherever it
/// lies. `read` is asked only when the ledger does not know the file with this size and time, or
/// knows it as left out for a reason that may have passed; once more when its process was lost.
/// `output_folder`, which may lie below a root, is left out. Relative roots are made absolute, so
/// that a resumed run may start elsewhere. `progress` is called every thousand files. Throws as
/// walk_files and Ledger.
WalkCount walk_inputs(Ledger& ledger,
                      const std::vector<std::filesystem::path>& roots,
                      const std::filesystem::path& output_folder,
                      const ReadHeader& read,
                      const std::function<void(const WalkCount&)>& progress);

}  // namespace paraspinal
