// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal model`: list, show, audit, fit, calibrate and validate risk models.
void add_model(CLI::App& app, Run& run);

}  // namespace paraspinal
