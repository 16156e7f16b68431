// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/talk.h"
#include "pipeline/review/correction.h"

#include <filesystem>

namespace paraspinal {

/// Renews the corrections of `run` (renew_corrections), and says what became of them and where the
/// run now differs from what readers decided. Nothing where nobody has read. Throws Error as
/// renew_corrections.
void renew_readings(const std::filesystem::path& run,
                    const Ledger& ledger,
                    const RenewalOptions& options,
                    Talk& talk);

}  // namespace paraspinal
