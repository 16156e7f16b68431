// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/risk_measurements.h"

#include "core/text.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

std::vector<std::size_t>& lines_of(std::string_view reason, RiskTableNotes& notes) {
    return reason == "no_partner"        ? notes.unmatched_lines
           : reason == "another_date"    ? notes.other_date_lines
           : reason == "unreadable_date" ? notes.unreadable_date_lines
                                         : notes.ambiguous_lines;
}

}  // namespace

std::string key_text(const TableReader& table, RowKey key) {
    const std::optional<std::size_t> column = table.column(row_key_name(key));
    return column ? std::string(trimmed(table.cell(*column))) : std::string();
}

DatesByKey dates_by_key(TableReader table, RowKey key) {
    DatesByKey dates;
    while (table.next()) {
        dates[key_text(table, key)].push_back(examination_date(table));
    }
    return dates;
}

RiskMeasurements::RiskMeasurements(const std::filesystem::path& file,
                                   const RiskModel& model,
                                   RowKey key,
                                   DatesByKey dates)
    : table_(file.empty() ? ClinicalTable{} : read_clinical_table(file, model, {}, key)),
      dates_(std::move(dates)),
      is_given_(!file.empty()) {}

ClinicalTable::Found RiskMeasurements::find(const WantedMeasurement& wanted,
                                            RiskTableNotes& notes) {
    if (!is_given_) {
        return {};
    }
    const auto rows = table_.rows.find(wanted.key);
    if (rows != table_.rows.end() && rows->second.front().person.stands_for_several) {
        joined_ += rows->second.size();
        return {.row = &rows->second.front()};  // Whichever is meant: none is joined.
    }
    const auto& dates = dates_.at(wanted.key);
    const auto place = std::ranges::find(dates, wanted.date) - dates.begin();
    const ClinicalTable::Found found =
        table_.find(wanted.key, static_cast<std::size_t>(place), dates);
    if (found.row == nullptr) {
        lines_of(found.reason, notes).push_back(wanted.line);
    }
    joined_ += found.row == nullptr ? 0 : 1;
    return found;
}

void RiskMeasurements::finish(RiskTableNotes& notes) const {
    if (!is_given_) {
        return;
    }
    notes.other_level_lines = table_.other_level_lines;
    for (const auto& [key, rows] : table_.rows) {
        notes.unmatched_measurements += rows.size();
    }
    notes.unmatched_measurements -= joined_;
    std::erase_if(notes.without_column, [&](const std::string& key) {
        return std::ranges::find(table_.without_column, key) == table_.without_column.end();
    });
}

RiskDoubt doubt_of(const ClinicalTable::Row& own, const ClinicalTable::Found& measured) {
    if (!measured.reason.empty() && measured.reason != "no_partner") {
        return {.reason = measured.reason,
                .detail = unmatched_text(measured.reason, "the measurements' table")};
    }
    const std::string& otherwise =
        measured.row != nullptr ? measured.row->otherwise : own.otherwise;
    return otherwise.empty() ? RiskDoubt{}
                             : RiskDoubt{.reason = "measured_otherwise", .detail = otherwise};
}

}  // namespace paraspinal
