// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <nlohmann/json.hpp>

namespace paraspinal {

/// How the fat was found, and what every other method would have found.
nlohmann::ordered_json fat_json(const StudyReport& report);

/// The measurement with and without the fat between muscle and fascia.
nlohmann::ordered_json roi_json(const FatEvidence& evidence);

}  // namespace paraspinal
