// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal evaluate`: our outlines against reference masks.
void add_evaluate(CLI::App& app, Run& run);

}  // namespace paraspinal
