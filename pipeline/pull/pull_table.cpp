// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pull/pull_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "io/tables/cell_text.h"
#include "io/tables/csv.h"
#include "io/tables/write_csv.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace paraspinal {
namespace {

struct StatusEntry {
    PullStatus status;
    std::string_view name;
    std::string_view words;
};

constexpr std::array kStatuses{
    StatusEntry{PullStatus::found, "found", "found"},
    StatusEntry{PullStatus::several, "several", "with several studies"},
    StatusEntry{PullStatus::incomplete, "incomplete", "incomplete"},
    StatusEntry{PullStatus::not_found, "not_found", "not found"},
    StatusEntry{PullStatus::no_mr, "no_mr", "without MR images"},
    StatusEntry{PullStatus::failed, "failed", "failed"},
    StatusEntry{PullStatus::invalid, "invalid", "that cannot be asked for"},
    StatusEntry{PullStatus::not_tried, "not_tried", "not tried"},
};

PullStatus status_called(std::string_view name, const std::string& place) {
    const auto* const entry = std::ranges::find(kStatuses, name, &StatusEntry::name);
    if (entry == kStatuses.end()) {
        throw Error(ErrorCode::malformed_file,
                    place + ": no status of pull; name another output folder");
    }
    return entry->status;
}

PullRow read_row(const CsvReader& table, ArchiveKey key) {
    const auto cell = [&](std::string_view name) {
        return table.cell(table.required_column(name));
    };
    const auto count = [&](std::string_view name) { return parse_integer(cell(name)).value_or(0); };
    return {.value = without_guard(cell(column_name(key))),
            .status = status_called(cell("status"), table.place(table.required_column("status"))),
            .reason = std::string(cell("reason")),
            .series = count("series"),
            .images = count("images"),
            .missing = count("missing"),
            .study_uids = split(cell("study_uids"), ';'),
            .message = std::string(cell("message"))};
}

}  // namespace

std::string_view status_name(PullStatus status) {
    return std::ranges::find(kStatuses, status, &StatusEntry::status)->name;
}

bool is_retrieved(const PullRow& row) {
    return row.status == PullStatus::found || row.status == PullStatus::several;
}

std::vector<PullRow> pull_rows(const PullList& list, const std::filesystem::path& earlier) {
    std::unordered_map<std::string, PullRow> known;
    if (std::filesystem::exists(earlier)) {
        CsvReader table(earlier);
        while (table.next()) {
            PullRow row = read_row(table, list.key);
            known.insert_or_assign(row.value, row);
        }
    }
    std::vector<PullRow> rows;
    for (const std::string& value : list.values) {
        const auto old = known.find(value);
        rows.push_back(old == known.end() ? PullRow{.value = value} : old->second);
    }
    return rows;
}

void write_pull_table(const std::filesystem::path& file,
                      ArchiveKey key,
                      const std::vector<PullRow>& rows) {
    std::vector<std::vector<std::string>> cells;
    cells.reserve(rows.size());
    for (const PullRow& row : rows) {
        cells.push_back({row.value,
                         std::string(status_name(row.status)),
                         row.reason,
                         std::to_string(row.study_uids.size()),
                         std::to_string(row.series),
                         std::to_string(row.images),
                         std::to_string(row.missing),
                         joined(row.study_uids, ";"),
                         row.message});
    }
    write_file(file,
               csv_text({std::string(column_name(key)),
                         "status",
                         "reason",
                         "studies",
                         "series",
                         "images",
                         "missing",
                         "study_uids",
                         "message"},
                        cells));
}

std::string pull_summary(ArchiveKey key, const std::vector<PullRow>& rows) {
    std::string text;
    for (const StatusEntry& entry : kStatuses) {
        const auto count = std::ranges::count(rows, entry.status, &PullRow::status);
        if (count > 0) {
            text += (text.empty() ? ": " : ", ") + std::to_string(count) + " " +
                    std::string(entry.words);
        }
    }
    return std::to_string(rows.size()) +
           (key == ArchiveKey::study_uid ? " study UID" : " accession number") +
           (rows.size() == 1 ? "" : "s") + text;
}

}  // namespace paraspinal
