// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal risk`: the risk of one patient or of a table of patients.
void add_risk(CLI::App& app, Run& run);

}  // namespace paraspinal
