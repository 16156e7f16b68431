// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// `pull CSV --from AET@HOST:PORT -o DIR`: studies of a list of accession numbers from an archive.
void add_pull(CLI::App& app, Run& run);

}  // namespace paraspinal
