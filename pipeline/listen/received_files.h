// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger/ledger.h"

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace paraspinal {

/// Deletes the received files of the ledger's last walk that are older than `age`, study by study:
/// a study goes only when it has been measured, or has failed, and all its files are old enough.
/// Returns the number of studies.
std::int64_t delete_old_files(const Ledger& ledger, std::chrono::hours age);

}  // namespace paraspinal
