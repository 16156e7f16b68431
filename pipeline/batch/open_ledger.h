// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "io/ledger/ledger.h"
#include "pipeline/batch/study_record.h"

#include <filesystem>
#include <memory>
#include <string>

namespace paraspinal {

/// The ledger of a batch folder, and what had to be done to get it.
struct OpenedLedger {
    std::unique_ptr<Ledger> ledger;
    std::string warning;  ///< For people; empty when nothing was wrong.
};

/// Opens or makes `folder`/ledger.sqlite for writing. A damaged ledger is moved aside; a damaged,
/// missing or empty one is made again from the records in the study folders, whole or not at all;
/// only timings are lost. Study folders of before 0.2.0 get their new names first.
/// Throws as Ledger, except malformed_file.
OpenedLedger open_ledger(const std::filesystem::path& folder);

/// What the ledger keeps of a record.
LedgerEntry ledger_entry(const StudyRecord& record);

}  // namespace paraspinal
