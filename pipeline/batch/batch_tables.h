// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger.h"

#include <filesystem>
#include <functional>
#include <vector>

namespace paraspinal {

/// Writes `measurements.csv`, `muscles.csv` and `skipped_files.csv` of everything in `ledger` into
/// `folder`; returns their paths. Sorted by patient ID, then study UID: neither the number of jobs
/// nor the order of runs leaves a trace. Memory does not grow with the number of studies.
/// Throws Error output_not_writable.
std::vector<std::filesystem::path> write_batch_tables(const Ledger& ledger,
                                                      const std::filesystem::path& folder);

}  // namespace paraspinal
