// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/follow_tables.h"

#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/follow/pair_words.h"
#include "pipeline/follow/vertebra_changes_csv.h"
#include "pipeline/report/tables/table_column.h"
#include "pipeline/tables/text_table.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

using nlohmann::ordered_json;

struct ChangeRow {
    const ExaminationPair& pair;
    const Change& change;
};
using Column = TableColumn<ChangeRow>;

std::string text_of(const std::optional<double>& value, int decimals) {
    return value ? fixed_text(*value, decimals) : "";
}

Column of_examination(const std::string& end, const std::string& column) {
    return {end + "_" + column, [end, column](const ChangeRow& row) {
                const MatchedSlices& slices = row.pair.slices;
                return (end == "from" ? slices.from : slices.to).get(column);
            }};
}

// In the digits of the quantity.
Column of_change(std::string name, std::function<std::optional<double>(const ChangeRow&)> value) {
    return {.name = std::move(name), .text = [value = std::move(value)](const ChangeRow& row) {
                return text_of(value(row), row.change.quantity->unit.decimals);
            }};
}

std::vector<Column> change_columns() {
    constexpr int kYearDecimals = 2;
    constexpr int kPercentDecimals = 2;
    return {
        {"patient_id", [](const ChangeRow& row) { return row.pair.slices.from.get("patient_id"); }},
        {"pair", [](const ChangeRow& row) { return std::string(row.pair.kind); }},
        of_examination("from", "study_date"),
        of_examination("to", "study_date"),
        {"years", [](const ChangeRow& row) { return text_of(row.pair.years, kYearDecimals); }},
        {"quantity", [](const ChangeRow& row) { return std::string(row.change.quantity->name); }},
        of_change("from_value", [](const ChangeRow& row) { return row.change.from; }),
        of_change("to_value", [](const ChangeRow& row) { return row.change.to; }),
        of_change("difference", [](const ChangeRow& row) { return row.change.difference; }),
        of_change("difference_low",
                  [](const ChangeRow& row) { return difference_at(row.change, -1); }),
        of_change("difference_high",
                  [](const ChangeRow& row) { return difference_at(row.change, 1); }),
        {"difference_of_from_pct",
         [](const ChangeRow& row) {
             const Change& change = row.change;
             const bool has_share = change.difference && *change.from > 0;
             return has_share
                        ? fixed_text(100 * *change.difference / *change.from, kPercentDecimals)
                        : "";
         }},
        of_change("smallest_real_change",
                  [](const ChangeRow& row) { return row.change.smallest_real_change; }),
        {"smallest_real_change_source",
         [](const ChangeRow& row) { return std::string(row.change.source); }},
        of_change("per_year",
                  [](const ChangeRow& row) { return per_year(row.pair, row.change, 0); }),
        of_change("per_year_low",
                  [](const ChangeRow& row) { return per_year(row.pair, row.change, -1); }),
        of_change("per_year_high",
                  [](const ChangeRow& row) { return per_year(row.pair, row.change, 1); }),
        {"verdict",
         [](const ChangeRow& row) { return std::string(verdict_name(row.change.verdict)); }},
        {"flags", [](const ChangeRow& row) { return flag_names(row.pair, ";"); }},
        {"matching", [](const ChangeRow& row) { return std::string(row.pair.slices.matching); }},
        {"offset_difference_mm",
         [](const ChangeRow& row) {
             return text_of(row.pair.slices.offset_difference_mm, kUnitMm.decimals);
         }},
        of_examination("from", "level"),
        of_examination("to", "level"),
        of_examination("from", "slice_offset_mm"),
        of_examination("to", "slice_offset_mm"),
        of_examination("from", "qc_flags"),
        of_examination("to", "qc_flags"),
        of_examination("from", "study_uid"),
        of_examination("to", "study_uid"),
        of_examination("from", "accession_number"),
        of_examination("to", "accession_number"),
        {"picture", [](const ChangeRow& row) { return row.pair.picture; }},
    };
}

const std::vector<Column>& change_column_table() {
    static const std::vector<Column> columns = change_columns();
    return columns;
}

std::vector<std::vector<std::string>> change_rows(const FollowUp& result) {
    std::vector<std::vector<std::string>> rows;
    const auto add = [&rows](const ExaminationPair& pair) {
        for (const Change& change : pair.changes) {
            rows.push_back(
                cells_of(change_column_table(), ChangeRow{.pair = pair, .change = change}));
        }
    };
    for (const ExaminationPair& pair : result.pairs) {
        add(pair);
        std::ranges::for_each(pair.levels, add);
    }
    return rows;
}

const std::vector<std::string>& examination_columns() {
    static const std::vector<std::string> columns{"patient_id",
                                                  "study_uid",
                                                  "study_date",
                                                  "accession_number",
                                                  "fate",
                                                  "status",
                                                  "reason",
                                                  "qc_flags",
                                                  "study_folder"};
    return columns;
}

std::vector<std::vector<std::string>> examination_rows(const FollowUp& result) {
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < result.examinations.size(); ++i) {
        NamedCells row = result.examinations[i].row;
        row.set("fate", std::string(fate_name(result.fates[i])));
        std::vector<std::string>& cells = rows.emplace_back();
        for (const std::string& column : examination_columns()) {
            cells.push_back(row.get(column));
        }
    }
    return rows;
}

// IDs, dates and names stay texts, whatever they look like.
bool is_number_column(std::string_view column) {
    return column == "years" || column.ends_with("_value") || column.ends_with("_mm") ||
           column.starts_with("difference") || column.starts_with("per_year") ||
           column == "smallest_real_change";
}

ordered_json rows_json(const std::vector<std::string>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
    ordered_json list = ordered_json::array();
    for (const std::vector<std::string>& row : rows) {
        ordered_json& one = list.emplace_back(ordered_json::object());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const auto number = parse_number(row[i]);
            one[columns[i]] = !is_number_column(columns[i]) ? ordered_json(row[i])
                              : number                      ? ordered_json(*number)
                                                            : ordered_json();
        }
    }
    return list;
}

std::string pair_text(const FollowUp& result, const ExaminationPair& pair, std::size_t width) {
    const Examination& from = result.examinations[pair.from];
    const Examination& to = result.examinations[pair.to];
    const auto date = [](const Examination& one) {
        return one.date.empty() ? "no date" : one.date;
    };
    std::string heading = from.row.get("patient_id") + ", " + date(from) + " to " + date(to) +
                          " (" + with_spaces(pair.kind);
    heading += pair.years ? ", " + span_text(*pair.years) + ")" : ")";
    const PairTable shown = pair_table(pair);
    std::string text =
        hanging_paragraph("", heading) +
        terminal_text({.columns = shown.columns, .rows = shown.rows, .notes = {}}, width);
    for (const auto& [what, remark] : shown.remarks) {
        text += hanging_paragraph(what + ": ", remark);
    }
    return text + "\n";
}

// "1 pair", "2 pairs".
std::string count_text(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

std::string not_compared_text(const FollowUp& result, std::size_t width) {
    TextTable table{.columns = {"not compared", "date", "why"}, .rows = {}, .notes = {}};
    for (std::size_t i = 0; i < result.examinations.size(); ++i) {
        if (result.fates[i] != Fate::compared) {
            const Examination& one = result.examinations[i];
            const std::string reason = one.row.get("reason");
            table.rows.push_back(
                {one.row.get("patient_id"),
                 one.date,
                 with_spaces(fate_name(result.fates[i])) + (reason.empty() ? "" : ": " + reason)});
        }
    }
    return table.rows.empty() ? "" : terminal_text(table, width);
}

}  // namespace

std::string follow_up_csv(const FollowUp& result) {
    return csv_text(names_of(change_column_table()), change_rows(result));
}

std::string examinations_csv(const FollowUp& result) {
    return csv_text(examination_columns(), examination_rows(result));
}

std::string follow_up_json(const FollowUp& result) {
    const ordered_json document{
        {"changes", rows_json(names_of(change_column_table()), change_rows(result))},
        {"examinations", rows_json(examination_columns(), examination_rows(result))},
        {"notes", result.notes}};
    return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string follow_up_text(const FollowUp& result, std::size_t width) {
    std::string text;
    for (const ExaminationPair& pair : result.pairs) {
        text += pair_text(result, pair, width);
    }
    return text + not_compared_text(result, width);
}

std::string follow_up_summary(const FollowUp& result) {
    std::set<std::string> patients;
    std::map<Fate, int> counts;
    for (std::size_t i = 0; i < result.examinations.size(); ++i) {
        patients.insert(patient_of(result.examinations[i]));
        ++counts[result.fates[i]];
    }
    patients.erase("");
    std::vector<std::string> parts;
    for (const auto& [fate, count] : counts) {
        parts.push_back(std::to_string(count) + " " + with_spaces(fate_name(fate)));
    }
    return count_text(result.examinations.size(), "examination") + " of " +
           count_text(patients.size(), "patient") +
           (parts.empty() ? "" : ": " + joined(parts, ", ")) + "; " +
           count_text(result.pairs.size(), "pair");
}

}  // namespace paraspinal
