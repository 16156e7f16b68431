// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/join_summary.h"

#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/tables/match_examination.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace paraspinal {

std::string unmatched_csv(const std::vector<JoinSummary>& summaries) {
    std::vector<std::vector<std::string>> rows;
    for (const JoinSummary& summary : summaries) {
        const std::string other = summary.other.empty() ? "measurements" : summary.other;
        for (const UnmatchedRow& row : summary.unmatched) {
            rows.push_back(
                {row.is_measured ? other : "table", std::to_string(row.line), row.key, row.reason});
        }
    }
    return csv_text({"table", "line", "key", "reason"}, rows);
}

std::vector<std::string> join_notes(const JoinSummary& summary) {
    const bool is_measured = summary.other.empty();
    const std::string& other = summary.other;
    const std::string rows = is_measured ? "measurements" : "rows of " + other;
    std::vector<std::string> notes{std::to_string(summary.joined) + " rows joined " +
                                   (is_measured ? std::string() : "with " + other + " ") + "by " +
                                   summary.key};
    struct Kind {
        std::string_view reason;
        bool is_measured;
        std::string text;
    };
    const std::array kinds{
        Kind{"no_key", false, "rows of the table without " + summary.key},
        Kind{"no_partner",
             false,
             "rows of the table without a " +
                 (is_measured ? std::string("measurement") : "row of " + other)},
        Kind{"another_date",
             false,
             is_measured ? std::string("rows of the table measured at another date only")
                         : "rows of the table that " + other + " has at another date only"},
        Kind{"several_examinations",
             false,
             "rows of the table with several " +
                 (is_measured ? std::string("examinations") : rows) + " that no date tells apart"},
        Kind{"unreadable_date",
             false,
             "rows of the table not joined for a date that cannot be read (write 2026-01-31)"},
        Kind{
            "several_people",
            false,
            "rows of the table not joined, as their " + summary.key + " stands for several people"},
        Kind{"no_key", true, rows + " without " + summary.key},
        Kind{"no_partner", true, rows + " that the table does not have"},
        Kind{"another_date", true, rows + " of another date than the table's"},
        Kind{"several_examinations", true, rows + " of several that no date tells apart"},
        Kind{"unreadable_date",
             true,
             rows + " not joined for a date that cannot be read (write 2026-01-31)"},
        Kind{"several_people",
             true,
             rows + " not joined, as their " + summary.key + " stands for several people"}};
    for (const Kind& kind : kinds) {
        std::vector<std::string> lines;
        for (const UnmatchedRow& row : summary.unmatched) {
            if (row.reason == kind.reason && row.is_measured == kind.is_measured) {
                lines.push_back(std::to_string(row.line));
            }
        }
        if (!lines.empty()) {
            notes.push_back(std::to_string(lines.size()) + " " + kind.text + ": line " +
                            joined(lines, ", "));
        }
    }
    if (summary.failed > 0) {
        notes.push_back(std::to_string(summary.failed) + " " + rows +
                        " failed and are passed over");
    }
    return notes;
}

std::string why_none_text(const JoinSummary& summary, const JoinedTables& names) {
    const auto found = std::ranges::find_if(summary.unmatched, [](const UnmatchedRow& row) {
        return row.reason != "no_key" && row.reason != "no_partner";
    });
    return found == summary.unmatched.end() ? ""
           : found->reason == "several_people"
               ? ": the " + summary.key + " is that of several people"
           : found->reason == "several_examinations"
               ? ": several rows have one " + summary.key +
                     ", and no date of the examination (study_date) tells them apart"
               : ": " + unmatched_text(found->reason, std::string(names.other));
}

}  // namespace paraspinal
