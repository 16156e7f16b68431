// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/join_measurements.h"

#include "core/error.h"
#include "core/text.h"
#include "io/calendar_date.h"
#include "io/tables/cell_text.h"
#include "pipeline/tables/columns/column_names.h"
#include "pipeline/tables/keys_of_several_people.h"
#include "pipeline/tables/match_examination.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 3> kKeys{"study_uid", "accession_number", "patient_id"};

using Rows = std::vector<std::size_t>;
using RowsByKey = std::map<std::string, Rows>;
// The row of the measurements for each row of the table.
using Partners = std::vector<std::optional<std::size_t>>;

// One table by its key and its dates.
struct Side {
    const RawTable* table = nullptr;
    std::optional<std::size_t> key;
    std::optional<std::size_t> date;
    RowsByKey rows;
    std::set<std::string, std::less<>> keys_of_several_people;

    [[nodiscard]] std::vector<std::optional<std::string>> dates_of(const Rows& some) const {
        std::vector<std::optional<std::string>> dates;
        for (const std::size_t row : some) {
            dates.push_back(examination_date(text_at(*table, date, row)));
        }
        return dates;
    }
};

Side side_of(const RawTable& table, std::string_view key, const Rows& rows) {
    Side side{.table = &table,
              .key = column_of(table, key),
              .date = column_of(table, "study_date"),
              .rows = {},
              .keys_of_several_people = keys_of_several_people(table, key)};
    for (const std::size_t row : rows) {
        if (std::string text = text_at(table, side.key, row); !text.empty()) {
            side.rows[std::move(text)].push_back(row);
        }
    }
    return side;
}

Rows all_rows(const RawTable& table) {
    Rows rows(table.lines.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        rows[row] = row;
    }
    return rows;
}

// Rows that hold a measurement.
Rows measured_rows(const RawTable& measured) {
    const std::optional<std::size_t> status = column_of(measured, "status");
    Rows rows = all_rows(measured);
    std::erase_if(rows, [&](std::size_t row) {
        return lower_case(text_at(measured, status, row)) == "failed";
    });
    return rows;
}

std::string chosen_key(const RawTable& table,
                       const RawTable& measured,
                       std::string_view wanted,
                       const JoinedTables& said) {
    if (!wanted.empty()) {
        for (const RawTable* const side : {&table, &measured}) {
            if (!column_of(*side, wanted)) {
                std::vector<std::string> names;
                for (const RawColumn& column : side->columns) {
                    names.push_back(column.name);
                }
                throw Error(ErrorCode::usage,
                            std::string(side == &table ? said.own : said.other) + " " +
                                no_column_text(wanted, names));
            }
        }
        return std::string(wanted);
    }
    for (const std::string_view key : kKeys) {
        const RowsByKey here = side_of(table, key, all_rows(table)).rows;
        const RowsByKey there = side_of(measured, key, measured_rows(measured)).rows;
        if (std::ranges::any_of(here, [&](const auto& one) { return there.contains(one.first); })) {
            return std::string(key);
        }
    }
    throw Error(ErrorCode::invalid_value,
                "no row of " + std::string(said.own) + " finds one of " + std::string(said.other) +
                    " by study_uid, accession_number or patient_id; compare how both write them "
                    "(leading zeros, blanks), or name another "
                    "column with --on");
}

// Finds the partners of the rows that share one key.
void pair_rows(const Side& here,
               const Side& there,
               const std::string& key,
               Partners& partners,
               JoinSummary& summary) {
    const Rows& rows = here.rows.at(key);
    const auto found = there.rows.find(key);
    static const Rows none;
    const auto leave = [&](const Side& side, std::size_t row, std::string_view reason) {
        summary.unmatched.push_back({.is_measured = &side == &there,
                                     .line = side.table->lines[row],
                                     .key = key,
                                     .reason = std::string(reason)});
    };
    const Rows& others = found == there.rows.end() ? none : found->second;
    if (here.keys_of_several_people.contains(key) || there.keys_of_several_people.contains(key)) {
        for (const auto& [side, left] : {std::pair(&here, &rows), std::pair(&there, &others)}) {
            for (const std::size_t row : *left) {
                leave(*side, row, "several_people");
            }
        }
        return;
    }
    const auto dates = here.dates_of(rows);
    const auto other_dates = there.dates_of(others);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ExaminationMatch match = match_examination(i, dates, other_dates);
        if (match.place) {
            partners[rows[i]] = others[*match.place];
        } else {
            leave(here, rows[i], match.reason);
        }
    }
    for (std::size_t i = 0; i < others.size(); ++i) {
        const ExaminationMatch match = match_examination(i, other_dates, dates);
        if (!match.place) {
            leave(there, others[i], match.reason);
        }
    }
}

void leave_without_key(const Side& side, const Rows& rows, bool is_measured, JoinSummary& summary) {
    for (const std::size_t row : rows) {
        if (text_at(*side.table, side.key, row).empty()) {
            summary.unmatched.push_back({.is_measured = is_measured,
                                         .line = side.table->lines[row],
                                         .key = {},
                                         .reason = "no_key"});
        }
    }
}

bool is_same(const ColumnCell& a, const ColumnCell& b) {
    return a.number && b.number
               ? *a.number == *b.number
               : lower_case(a.text) == lower_case(b.text) ||
                     (parse_date(a.text) && parse_date(a.text) == parse_date(b.text));
}

// A column that both have: the table's, with the measured value where it has none.
void merge_column(RawColumn& own,
                  const RawColumn& measured,
                  const Partners& partners,
                  const JoinedTables& names) {
    constexpr std::size_t kShown = 3;
    UnreadableCells differing;
    std::size_t not_shown = 0;
    for (std::size_t row = 0; row < partners.size(); ++row) {
        if (!partners[row] || is_missing_text(measured.cells[*partners[row]].text)) {
            continue;
        }
        const ColumnCell& other = measured.cells[*partners[row]];
        ColumnCell& cell = own.cells[row];
        if (is_missing_text(cell.text)) {
            cell.text = other.text;
            cell.number = other.number;
        } else if (is_same(cell, other)) {
            continue;
        } else if (differing.count() == kShown) {
            ++not_shown;
        } else {
            differing.add(cell.line,
                          own.header,
                          cell.text,
                          "differs from that of " + std::string(names.other));
        }
    }
    if (differing.count() > 0) {
        throw Error(ErrorCode::malformed_file,
                    "both tables have a column " + own.name +
                        " and do not agree: " + differing.places() +
                        (not_shown > 0 ? "; and " + std::to_string(not_shown) + " more" : "") +
                        ". Rename or remove one of the two");
    }
}

void add_columns(RawTable& table,
                 const RawTable& measured,
                 const Side& there,
                 const Partners& partners,
                 const JoinedTables& names) {
    for (std::size_t i = 0; i < measured.columns.size(); ++i) {
        const RawColumn& column = measured.columns[i];
        if (i == there.key || column.name.empty()) {
            continue;
        }
        if (const auto own = column_of(table, column.name)) {
            merge_column(table.columns[*own], column, partners, names);
            continue;
        }
        RawColumn added{
            .name = column.name, .header = column.header, .cells = {}, .is_measured = true};
        for (std::size_t row = 0; row < partners.size(); ++row) {
            ColumnCell cell{.text = {}, .number = {}, .line = table.lines[row]};
            if (partners[row]) {
                cell.text = column.cells[*partners[row]].text;
                cell.number = column.cells[*partners[row]].number;
            }
            added.cells.push_back(std::move(cell));
        }
        table.columns.push_back(std::move(added));
    }
}

}  // namespace

JoinSummary join_measurements(RawTable& table,
                              const std::filesystem::path& measurements,
                              std::string_view key) {
    const std::filesystem::path file = std::filesystem::is_directory(measurements)
                                           ? measurements / "measurements.csv"
                                           : measurements;
    const RawTable measured =
        within("file " + file.filename().string(), [&] { return read_raw_table(file, {}); });
    return join_tables(table, measured, key);
}

JoinSummary join_tables(RawTable& table,
                        const RawTable& measured,
                        std::string_view key,
                        const JoinedTables& names) {
    JoinSummary summary{.key = chosen_key(table, measured, key, names)};
    const Rows rows = all_rows(table);
    const Rows measured_ones = measured_rows(measured);
    summary.failed = measured.lines.size() - measured_ones.size();
    const Side here = side_of(table, summary.key, rows);
    const Side there = side_of(measured, summary.key, measured_ones);
    Partners partners(rows.size());
    leave_without_key(here, rows, false, summary);
    leave_without_key(there, measured_ones, true, summary);
    for (const auto& [text, unused] : here.rows) {
        pair_rows(here, there, text, partners, summary);
    }
    for (const auto& [text, others] : there.rows) {
        if (!here.rows.contains(text)) {
            for (const std::size_t row : others) {
                summary.unmatched.push_back({.is_measured = true,
                                             .line = measured.lines[row],
                                             .key = text,
                                             .reason = "no_partner"});
            }
        }
    }
    std::ranges::sort(summary.unmatched, {}, [](const UnmatchedRow& row) {
        return std::pair(row.is_measured, row.line);
    });
    summary.joined = static_cast<std::size_t>(
        std::ranges::count_if(partners, [](const auto& one) { return one.has_value(); }));
    if (summary.joined == 0) {
        throw Error(ErrorCode::invalid_value,
                    "no row of " + std::string(names.own) + " finds one of " +
                        std::string(names.other) + " by " + summary.key +
                        why_none_text(summary, names));
    }
    add_columns(table, measured, there, partners, names);
    return summary;
}

}  // namespace paraspinal
