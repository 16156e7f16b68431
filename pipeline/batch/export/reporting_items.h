// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/run_facts.h"

#include <string>
#include <string_view>

namespace paraspinal {

/// "3 L3, 1 L4", the commonest first; empty where nothing was counted.
std::string counts_text(const RunFacts& facts, std::string_view key);

/// "median 1.50 T, range 1.50 to 3.00 (n = 4)"; empty where there is no number.
std::string range_text(const RunFacts& facts,
                       std::string_view key,
                       int decimals,
                       std::string_view unit);

/// The 44 items of CLAIM 2024 (doi:10.1148/ryai.240300) as a table in Markdown, in our words: what
/// the run answers, and what it leaves to the authors.
std::string reporting_table(const RunFacts& facts);

}  // namespace paraspinal
