// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal cohort`: the tables of both papers from a patient-level CSV.
void add_cohort(CLI::App& app, Run& run);

}  // namespace paraspinal
