// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <nlohmann/json.hpp>

namespace paraspinal {

/// Heights and suspected deformities of the vertebral bodies; null where no spine was found.
nlohmann::ordered_json vertebrae_json(const StudyReport& report);

}  // namespace paraspinal
