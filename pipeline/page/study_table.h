// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/follow/study_follow_up.h"
#include "pipeline/tables/run_table.h"

#include <string>

namespace paraspinal {

/// The HTML table of all studies, one line each with picture, numbers and flags. Pictures and
/// folders are linked, not embedded, so that a page of thousands stays small. A study with earlier
/// examinations says what changed, and links to their lines.
std::string study_table_html(const RunTable& run, const EarlierExaminations& earlier);

}  // namespace paraspinal
