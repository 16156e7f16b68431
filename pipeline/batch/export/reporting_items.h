// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/run_facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// "3 L3, 1 L4", the commonest first; empty where nothing was counted.
std::string counts_text(const RunFacts& facts, std::string_view key);

/// "median 1.50 T, range 1.50 to 3.00 (n = 4)"; empty where there is no number.
std::string range_text(const RunFacts& facts,
                       std::string_view key,
                       int decimals,
                       std::string_view unit);

/// An item of a reporting guideline.
struct ReportingItem {
    std::string number;
    std::string topic;      ///< In our words.
    std::string answer{};   ///< Of the run; empty: it has none.
    std::string authors{};  ///< What is left to them; empty: nothing.
};

/// What a run can never know.
inline constexpr const char* kAllOfIt = "all";

/// What the run knows of who was measured, and of values that are unknown.
std::string demographics(const RunFacts& facts);
std::string missing_data(const RunFacts& facts);

/// Items as a table in Markdown, under the name of their `guideline`.
std::string items_table(std::string_view guideline, const std::vector<ReportingItem>& items);

/// The 44 items of CLAIM 2024 (doi:10.1148/ryai.240300).
std::vector<ReportingItem> claim_items(const RunFacts& facts);

}  // namespace paraspinal
