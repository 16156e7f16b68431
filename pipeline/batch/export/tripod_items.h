// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/reporting_items.h"

#include <vector>

namespace paraspinal {

/// The 27 items of TRIPOD+AI (doi:10.1136/bmj-2023-078378), 52 with their parts, for a run that
/// evaluated a risk model.
std::vector<ReportingItem> tripod_items(const RunFacts& facts);

}  // namespace paraspinal
