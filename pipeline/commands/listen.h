// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/run.h"

namespace paraspinal {

/// Adds `paraspinal listen`: a DICOM node that measures what it is sent.
void add_listen(CLI::App& app, Run& run);

}  // namespace paraspinal
