// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal inspect`: what is there and what would be measured.
void add_inspect(CLI::App& app, Run& run);

}  // namespace paraspinal
