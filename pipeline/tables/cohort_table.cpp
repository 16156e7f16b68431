// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/cohort_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/cell_text.h"
#include "pipeline/tables/column_names.h"
#include "pipeline/tables/column_unit.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace paraspinal {
namespace {

// Words that were taken for missing values, and how often.
using MissingWords = std::map<std::string, std::size_t>;

struct RawColumn {
    CohortColumn column;
    ColumnDeclaration declared;
    std::vector<ColumnCell> cells;
    MissingWords words;
};

std::vector<RawColumn> raw_columns(const TableReader& table, ColumnDeclarations declarations) {
    std::vector<RawColumn> columns;
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
        RawColumn& raw = columns.emplace_back();
        raw.column = {.name = table.columns()[i], .header = table.headers()[i]};
        for (const std::string& name : {raw.column.name, raw.column.header}) {
            if (const auto found = declarations.find(lower_case(name));
                found != declarations.end()) {
                raw.declared = found->second;
                declarations.erase(found);
            }
        }
    }
    if (!declarations.empty()) {
        throw Error(ErrorCode::malformed_file,
                    "the file of types declares a column that the table lacks: it " +
                        no_column_text(declarations.begin()->first, table.headers()));
    }
    return columns;
}

ColumnCell cell_of(const TableReader& table, std::size_t place, RawColumn& raw) {
    const std::string text(trimmed(table.cell(place)));
    ColumnCell cell{.line = table.line()};
    const bool is_code =
        std::ranges::find(raw.declared.missing, text) != raw.declared.missing.end();
    const bool is_class =
        std::ranges::find(raw.declared.classes, text) != raw.declared.classes.end();
    if (!is_class && is_missing_word(text)) {
        ++raw.words[lower_case(text)];
    }
    if (is_class || !(is_code || is_missing_text(text))) {
        cell.text = text;
        cell.number = table.number(place);
    }
    return cell;
}

std::optional<double> number_of(const ColumnCell& cell, ColumnKind kind) {
    return kind == ColumnKind::yes_no ? parse_yes_no(cell.text) : cell.number;
}

// Fills the texts and numbers of a column whose kind is known.
void fill(RawColumn& raw, UnreadableCells& unreadable) {
    CohortColumn& column = raw.column;
    const bool has_numbers = column.kind == ColumnKind::yes_no || column.kind == ColumnKind::number;
    const bool has_classes = column.kind == ColumnKind::yes_no ||
                             column.kind == ColumnKind::categorical ||
                             column.kind == ColumnKind::ordered;
    std::map<std::string, std::string> spelling;
    for (ColumnCell& cell : raw.cells) {
        const std::optional<double> number =
            has_numbers && !cell.text.empty() ? number_of(cell, column.kind) : std::nullopt;
        if (has_numbers && !cell.text.empty() && !number) {
            unreadable.add(
                cell.line,
                column.header,
                cell.text,
                column.kind == ColumnKind::yes_no ? "is neither yes nor no" : "is no number");
            cell.text.clear();
        }
        if (has_classes && !cell.text.empty()) {
            const std::string same = number ? shortest_text(*number) : lower_case(cell.text);
            cell.text = spelling.try_emplace(same, cell.text).first->second;
        }
        column.texts.push_back(std::move(cell.text));
        if (has_numbers) {
            column.numbers.push_back(number);
        }
    }
}

CohortColumn finished(RawColumn raw, UnreadableCells& unreadable) {
    CohortColumn& column = raw.column;
    const GuessedKind guess = guess_column_kind(column.name, raw.cells);
    column.kind = raw.declared.kind.value_or(guess.kind);
    column.is_asked = guess.is_asked && !raw.declared.kind;
    column.label = raw.declared.label;
    column.unit =
        raw.declared.unit.empty() ? std::string(column_unit(column.name)) : raw.declared.unit;
    column.classes = raw.declared.classes;
    column.missing = raw.declared.missing;
    fill(raw, unreadable);
    const bool holds_nothing =
        !column.numbers.empty() &&
        std::ranges::none_of(column.numbers, [](const auto& value) { return value.has_value(); });
    if (holds_nothing) {
        column.kind = ColumnKind::empty;
    }
    return std::move(column);
}

std::string words_text(const RawColumn& raw) {
    std::vector<std::string> words;
    for (const auto& [word, count] : raw.words) {
        words.push_back(std::to_string(count) + " '" + word + "'");
    }
    return raw.column.header + " " + joined(words, ", ");
}

// Notes about the kinds that were decided.
void add_kind_notes(CohortTable& cohort) {
    std::vector<std::string> asked;
    std::vector<std::string> left_out;
    for (const CohortColumn& column : cohort.columns) {
        if (column.is_asked) {
            asked.push_back(column.header);
        }
        if (column.kind != ColumnKind::empty && !is_summarized(column.kind) &&
            !is_identifier(column.name)) {
            left_out.push_back(column.header + " (" + std::string(column_kind_name(column.kind)) +
                               ")");
        }
    }
    if (!asked.empty()) {
        cohort.notes.push_back(
            "few whole numbers, which may be classes and are not averaged: " + joined(asked, ", ") +
            "; declare them as number, classes or ordered with --types FILE, which 'cohort "
            "dictionary' begins for you");
    }
    if (!left_out.empty()) {
        cohort.notes.push_back("left out of tables: " + joined(left_out, ", ") +
                               "; declare another type with --types FILE to show them");
    }
}

}  // namespace

CohortTable read_cohort(const std::filesystem::path& file, const CohortReading& reading) {
    TableReader table(file, reading.table);
    std::vector<RawColumn> columns = raw_columns(table, read_column_declarations(reading.types));
    CohortTable cohort;
    while (table.next()) {
        ++cohort.patients;
        cohort.lines.push_back(table.line());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            columns[i].cells.push_back(cell_of(table, i, columns[i]));
        }
    }
    UnreadableCells unreadable;
    std::vector<std::string> words;
    for (RawColumn& raw : columns) {
        if (!raw.words.empty()) {
            words.push_back(words_text(raw));
        }
        cohort.columns.push_back(finished(std::move(raw), unreadable));
    }
    if (unreadable.count() > 0) {
        cohort.notes.push_back(unreadable.text() + "; they count as missing");
    }
    if (!words.empty()) {
        cohort.notes.push_back("taken for missing values: " + joined(words, "; "));
    }
    add_kind_notes(cohort);
    return cohort;
}

const CohortColumn& cohort_column(const CohortTable& cohort, std::string_view name) {
    std::vector<std::string> names;
    std::vector<std::string> headers;
    for (const CohortColumn& column : cohort.columns) {
        names.push_back(column.name);
        headers.push_back(column.header);
    }
    const std::optional<std::size_t> place = column_among(name, names, headers);
    if (!place) {
        throw Error(ErrorCode::usage, "the table " + no_column_text(name, names));
    }
    return cohort.columns[*place];
}

const CohortColumn& shown_column(const CohortTable& cohort, std::string_view name) {
    const CohortColumn& column = cohort_column(cohort, name);
    if (column.kind != ColumnKind::empty && !is_summarized(column.kind)) {
        throw Error(ErrorCode::usage,
                    "column " + column.header + " holds what no table shows (" +
                        std::string(column_kind_name(column.kind)) +
                        "); where that is not so, declare its type with --types FILE");
    }
    return column;
}

std::vector<std::optional<std::uint8_t>> outcome_of(const CohortTable& cohort,
                                                    std::string_view name) {
    const CohortColumn& column = cohort_column(cohort, name);
    if (column.kind != ColumnKind::yes_no) {
        throw Error(ErrorCode::usage, "column " + column.name + " must hold yes or no, 1 or 0");
    }
    std::vector<std::optional<std::uint8_t>> outcome;
    for (const std::optional<double>& value : column.numbers) {
        outcome.push_back(value ? std::optional<std::uint8_t>(*value != 0 ? 1 : 0) : std::nullopt);
    }
    return outcome;
}

std::vector<std::string> split_list(std::string_view text) {
    std::vector<std::string> names;
    for (const std::string& part : split(text, ',')) {
        if (const std::string_view name = trimmed(part); !name.empty()) {
            names.emplace_back(name);
        }
    }
    return names;
}

}  // namespace paraspinal
