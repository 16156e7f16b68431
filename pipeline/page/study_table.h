// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/run_table.h"

#include <string>

namespace paraspinal {

/// The HTML table of all studies, one line each with picture, numbers and flags. Pictures and
/// folders are linked, not embedded, so that a page of thousands stays small.
std::string study_table_html(const RunTable& run);

}  // namespace paraspinal
