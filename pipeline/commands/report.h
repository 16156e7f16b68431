// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// `paraspinal report DIR`: the HTML page of a run.
void add_report(CLI::App& app, Run& run);

}  // namespace paraspinal
