// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal batch`: any number of studies, in worker processes, resumable. Also adds the
/// hidden command `batch-worker`, which such a process runs.
void add_batch(CLI::App& app, Run& run);

}  // namespace paraspinal
