// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/report/inspect_study.h"

#include <string>
#include <vector>

namespace paraspinal {

/// All studies and skipped files as one JSON document, sorted as in `index`.
std::string inspection_json(const StudyIndex& index, const std::vector<InspectedStudy>& inspected);

}  // namespace paraspinal
