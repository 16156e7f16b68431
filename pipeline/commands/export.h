// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal export`: ledgers of one or many shards to one research table.
void add_export(CLI::App& app, Run& run);

}  // namespace paraspinal
