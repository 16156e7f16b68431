// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/add_risk.h"
#include "pipeline/study/study_report.h"

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// `measurement.json`: all that is known about one measured study, with the definitions and
/// versions that the numbers rest on. Units are in the key names, unknown is null, the key order is
/// fixed, and the same report gives the same bytes. Text that is not UTF-8 is repaired.
std::string measurement_json(const StudyReport& report, const std::string& software_version);

/// `json`, which measurement_json wrote, with the risk that was found since, as if it had been
/// found before. Throws Error malformed_file for anything else.
std::string with_risk(std::string_view json, const FoundRisk& found);

/// The same for several studies: a JSON array in the order of `measurements_csv`. A failed study
/// has its identity, "status": "failed", the reason and the message.
std::string measurements_json(const std::vector<StudyOutcome>& outcomes,
                              const std::string& software_version);

}  // namespace paraspinal
