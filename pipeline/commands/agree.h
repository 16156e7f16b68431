// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal agree`: how far two tables, or two label maps, agree.
void add_agree(CLI::App& app, Run& run);

}  // namespace paraspinal
