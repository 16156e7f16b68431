// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"

#include <nlohmann/json.hpp>

namespace paraspinal {

/// The level of the measured slice, the endplate it was measured against, and what was seen of the
/// spine.
nlohmann::ordered_json level_json(const StudyReport& report);

/// Areas times the cosine of the slice's tilt; null where the tilt is not known.
nlohmann::ordered_json tilt_corrected_json(const StudyReport& report);

}  // namespace paraspinal
