// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/cohort_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "pipeline/tables/columns/column_names.h"
#include "pipeline/tables/columns/column_unit.h"
#include "pipeline/tables/columns/identifiers.h"

#include <algorithm>
#include <iterator>
#include <map>

namespace paraspinal {
namespace {

// Words that were taken for missing values, and how often.
using MissingWords = std::map<std::string, std::size_t>;

// A column on its way.
struct Draft {
    RawColumn raw;
    ColumnDeclaration declared;
    CohortColumn column;
    MissingWords words;
};

std::vector<Draft> drafts_of(RawTable table, ColumnDeclarations declarations) {
    std::vector<Draft> drafts;
    std::vector<std::string> headers;
    for (RawColumn& raw : table.columns) {
        headers.push_back(raw.header);
        Draft& draft = drafts.emplace_back();
        draft.column = {.name = raw.name, .header = raw.header};
        for (const std::string& name : {raw.name, raw.header}) {
            if (const auto found = declarations.find(lower_case(name));
                found != declarations.end()) {
                draft.declared = found->second;
                declarations.erase(found);
            }
        }
        draft.raw = std::move(raw);
    }
    if (!declarations.empty()) {
        throw Error(ErrorCode::malformed_file,
                    "the file of types declares a column that the table lacks: it " +
                        no_column_text(declarations.begin()->first, headers));
    }
    return drafts;
}

// Empties the cells that are missing.
void clear_missing(Draft& draft) {
    const auto holds = [](const std::vector<std::string>& texts, const std::string& text) {
        return std::ranges::find(texts, text) != texts.end();
    };
    for (ColumnCell& cell : draft.raw.cells) {
        const bool is_class = holds(draft.declared.classes, cell.text);
        const bool is_missing =
            !is_class && (holds(draft.declared.missing, cell.text) || is_missing_text(cell.text));
        if (is_missing && is_missing_word(cell.text)) {
            ++draft.words[lower_case(without_guard(cell.text))];
        }
        if (is_missing) {
            cell.text.clear();
            cell.number.reset();
        }
    }
}

std::optional<double> number_of(const ColumnCell& cell, ColumnKind kind) {
    return kind == ColumnKind::yes_no ? parse_yes_no(cell.text) : cell.number;
}

// Fills the texts and numbers of a column whose kind is known.
void fill(Draft& draft, UnreadableCells& unreadable) {
    CohortColumn& column = draft.column;
    const bool has_numbers = column.kind == ColumnKind::yes_no || column.kind == ColumnKind::number;
    const bool has_classes = column.kind == ColumnKind::yes_no ||
                             column.kind == ColumnKind::categorical ||
                             column.kind == ColumnKind::ordered;
    std::map<std::string, std::string> spelling;
    for (ColumnCell& cell : draft.raw.cells) {
        const std::optional<double> number =
            has_numbers && !cell.text.empty() ? number_of(cell, column.kind) : std::nullopt;
        if (has_numbers && !cell.text.empty() && !number) {
            unreadable.add(cell.line,
                           column.header,
                           cell.text,
                           column.kind == ColumnKind::yes_no ? "is neither yes nor no"
                                                             : no_number_text(cell.text));
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

CohortColumn finished(Draft draft, UnreadableCells& unreadable) {
    CohortColumn& column = draft.column;
    const ColumnDeclaration& declared = draft.declared;
    const GuessedKind guess = guess_column_kind(column.name, draft.raw.cells);
    column.kind = declared.kind.value_or(guess.kind);
    column.is_asked = guess.is_asked && !declared.kind;
    column.label = declared.label;
    column.unit = declared.unit.empty() ? std::string(column_unit(column.name)) : declared.unit;
    column.classes = declared.classes;
    column.missing = declared.missing;
    column.is_measured = draft.raw.is_measured;
    fill(draft, unreadable);
    const bool holds_nothing =
        !column.numbers.empty() &&
        std::ranges::none_of(column.numbers, [](const auto& value) { return value.has_value(); });
    if (holds_nothing) {
        column.kind = ColumnKind::empty;
    }
    return std::move(column);
}

std::string words_text(const Draft& draft) {
    std::vector<std::string> words;
    for (const auto& [word, count] : draft.words) {
        words.push_back(std::to_string(count) + " '" + word + "'");
    }
    return draft.column.header + " " + joined(words, ", ");
}

// Notes about the kinds that were decided.
void add_kind_notes(CohortTable& cohort) {
    std::vector<std::string> asked;
    std::vector<std::string> left_out;
    for (const CohortColumn& column : cohort.columns) {
        if (column.is_asked && !column.is_measured) {
            asked.push_back(column.header);
        }
        if (column.kind != ColumnKind::empty && !is_summarized(column.kind) &&
            !column.is_measured && !is_identifier(column.name)) {
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

// A further table is as clinical as the first: its columns are not measured ones.
JoinSummary join_further(RawTable& table,
                         const std::filesystem::path& file,
                         const std::string& key) {
    const std::string name = file.filename().string();
    const RawTable other = within("file " + name, [&] { return read_raw_table(file, {}); });
    JoinSummary summary = join_tables(table, other, key, {.own = "the table", .other = name});
    summary.other = name;
    table.assumed_encoding =
        table.assumed_encoding.empty() ? other.assumed_encoding : table.assumed_encoding;
    for (RawColumn& column : table.columns) {
        column.is_measured = false;
    }
    return summary;
}

}  // namespace

CohortTable read_cohort(const std::filesystem::path& file, const CohortReading& reading) {
    RawTable table = read_raw_table(file, reading.table);
    CohortTable cohort{.patients = table.lines.size(), .lines = table.lines};
    for (const std::filesystem::path& further : reading.further) {
        cohort.joins.push_back(join_further(table, further, reading.key));
    }
    if (!reading.measurements.empty()) {
        cohort.joins.push_back(join_measurements(table, reading.measurements, reading.key));
    }
    for (const JoinSummary& join : cohort.joins) {
        const std::vector<std::string> notes = join_notes(join);
        cohort.notes.insert(cohort.notes.end(), notes.begin(), notes.end());
    }
    if (!table.assumed_encoding.empty()) {
        cohort.notes.push_back("the table is not UTF-8 and was read as " + table.assumed_encoding +
                               ", as " +
                               (table.assumed_encoding == "GB18030" ? "China" : "western Europe") +
                               " writes; where its letters look wrong, save it as UTF-8");
    }
    UnreadableCells unreadable;
    for (Draft& draft : drafts_of(std::move(table), read_column_declarations(reading.types))) {
        clear_missing(draft);
        if (!draft.words.empty()) {
            cohort.missing_words.push_back(words_text(draft));
        }
        cohort.columns.push_back(finished(std::move(draft), unreadable));
    }
    if (unreadable.count() > 0) {
        cohort.unreadable = unreadable.text();
        cohort.notes.push_back(cohort.unreadable + "; they count as missing");
    }
    if (!cohort.missing_words.empty()) {
        cohort.notes.push_back("taken for missing values: " + joined(cohort.missing_words, "; "));
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
    std::string name;
    bool quoted = false;
    const auto end_name = [&] {
        if (const std::string_view inner = trimmed(name); !inner.empty()) {
            names.emplace_back(inner);
        }
        name.clear();
    };
    for (const char letter : text) {
        // A quote within a name is part of it.
        if (letter == '"' && (quoted || trimmed(name).empty())) {
            quoted = !quoted;
        } else if (letter == ',' && !quoted) {
            end_name();
        } else {
            name += letter;
        }
    }
    end_name();
    return names;
}

}  // namespace paraspinal
