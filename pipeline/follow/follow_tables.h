// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/follow_patients.h"
#include "pipeline/tables/text_table.h"

#include <cstddef>
#include <string>

namespace paraspinal {

/// `follow_up.csv`: one row a patient, pair and quantity.
std::string follow_up_csv(const FollowUp& result);

/// `examinations.csv`: one row an examination, with its fate.
std::string examinations_csv(const FollowUp& result);

/// Both as one JSON document: "changes" and "examinations", keys as the columns, and "notes".
std::string follow_up_json(const FollowUp& result);

/// For a terminal of `width` columns: a table of the main quantities for each pair, with the new
/// deformities that are suspected, and who is in none and why.
std::string follow_up_text(const FollowUp& result, std::size_t width = kTerminalWidth);

/// "12 examinations of 7 patients: 10 compared in 5 pairs, 2 single, ...".
std::string follow_up_summary(const FollowUp& result);

}  // namespace paraspinal
