// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal measure`: one or a few studies to a table, files and exit code.
void add_measure(CLI::App& app, Run& run);

}  // namespace paraspinal
