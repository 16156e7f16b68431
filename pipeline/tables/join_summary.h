// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A row that found no partner, or more than one.
struct UnmatchedRow {
    bool is_measured = false;  ///< Of what was joined; else of the table.
    std::size_t line = 0;
    std::string key;     ///< What it would have been joined by; may be empty.
    std::string reason;  ///< no_key, several_people, or as match_examination.
};

/// What became of a join.
struct JoinSummary {
    std::string key;         ///< The column that joined.
    std::size_t joined = 0;  ///< Rows of the table with a partner.
    std::size_t failed = 0;  ///< Rows of the measurements that hold none, status failed.
    std::vector<UnmatchedRow> unmatched;
    std::string other{};  ///< The further table that was joined; empty: the measurements.
};

/// What messages call the two tables of a join.
struct JoinedTables {
    std::string_view own = "the table";
    std::string_view other = "the measurements' table";
};

/// The rows without a partner as a CSV: table, line, key, reason.
std::string unmatched_csv(const std::vector<JoinSummary>& summaries);

/// What the user must be told, a sentence each, with lines and without keys.
std::vector<std::string> join_notes(const JoinSummary& summary);

/// Of a join without a pair, after a colon: what kept rows apart that have one key. Empty where no
/// two have.
std::string why_none_text(const JoinSummary& summary, const JoinedTables& names);

}  // namespace paraspinal
