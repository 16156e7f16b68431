// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/join_summary.h"

#include "core/text.h"
#include "io/tables/write_csv.h"

#include <array>
#include <string_view>

namespace paraspinal {

std::string unmatched_csv(const JoinSummary& summary) {
    std::vector<std::vector<std::string>> rows;
    for (const UnmatchedRow& row : summary.unmatched) {
        rows.push_back({row.is_measured ? "measurements" : "table",
                        std::to_string(row.line),
                        row.key,
                        row.reason});
    }
    return csv_text({"table", "line", "key", "reason"}, rows);
}

std::vector<std::string> join_notes(const JoinSummary& summary) {
    std::vector<std::string> notes{std::to_string(summary.joined) + " rows joined by " +
                                   summary.key};
    struct Kind {
        std::string_view reason;
        bool is_measured;
        std::string_view text;
    };
    constexpr std::array kKinds{
        Kind{"no_key", false, "rows of the table without "},
        Kind{"no_partner", false, "rows of the table without a measurement"},
        Kind{"another_date", false, "rows of the table measured at another date only"},
        Kind{"several_examinations",
             false,
             "rows of the table with several examinations that no date tells apart"},
        Kind{"unreadable_date",
             false,
             "rows of the table not joined for a date that cannot be read (write 2026-01-31)"},
        Kind{"no_key", true, "measurements without "},
        Kind{"no_partner", true, "measurements that the table does not have"},
        Kind{"another_date", true, "measurements of another date than the table's"},
        Kind{"several_examinations", true, "measurements of several that no date tells apart"},
        Kind{"unreadable_date",
             true,
             "measurements not joined for a date that cannot be read (write 2026-01-31)"}};
    for (const Kind& kind : kKinds) {
        std::vector<std::string> lines;
        for (const UnmatchedRow& row : summary.unmatched) {
            if (row.reason == kind.reason && row.is_measured == kind.is_measured) {
                lines.push_back(std::to_string(row.line));
            }
        }
        if (!lines.empty()) {
            notes.push_back(std::to_string(lines.size()) + " " + std::string(kind.text) +
                            (kind.reason == "no_key" ? summary.key : "") + ": line " +
                            joined(lines, ", "));
        }
    }
    if (summary.failed > 0) {
        notes.push_back(std::to_string(summary.failed) +
                        " measurements failed and are passed over");
    }
    return notes;
}

}  // namespace paraspinal
