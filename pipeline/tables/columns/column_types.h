// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// What a column of a cohort holds.
enum class ColumnKind : std::uint8_t {
    empty,        ///< No value at all.
    yes_no,       ///< yes/no, y/n, true/false, 1/0 or 1.0/0.0, in any case.
    number,       ///< Numbers.
    categorical,  ///< Classes without an order.
    ordered,      ///< Classes in an order.
    date,
    identifier,  ///< Names of patients, studies and whatever leads to them: no table shows them.
    text,        ///< Free text: no table shows it either.
};

/// "number", "yes_no", "classes", "ordered", "date", "identifier", "text"; empty for empty.
std::string_view column_kind_name(ColumnKind kind);

/// Whether tables may show what stands in such a column.
bool is_summarized(ColumnKind kind);

/// What the user says of a column.
struct ColumnDeclaration {
    std::optional<ColumnKind> kind;
    std::string unit;
    std::string label;
    std::vector<std::string> classes;  ///< In order; the order of `ordered`.
    std::vector<std::string> missing;  ///< Codes of missing values: "-9", "999".
};

/// By name of the column in lower case.
using ColumnDeclarations = std::map<std::string, ColumnDeclaration, std::less<>>;

/// Reads a CSV with the columns `column` and `type`, and `unit`, `label`, `classes` and `missing`
/// (lists with semicolons) where it has them: the form that `cohort dictionary` writes. Other
/// columns are not looked at; an empty path gives none.
/// Throws as CsvReader, and Error malformed_file for an unknown type.
ColumnDeclarations read_column_declarations(const std::filesystem::path& file);

/// A cell of a column whose kind is sought: its text, empty where missing, and the number that it
/// spells.
struct ColumnCell {
    std::string text;
    std::optional<double> number;
    std::size_t line = 0;
};

/// What a column of these cells holds, and whether that is a guess that the user must confirm.
struct GuessedKind {
    ColumnKind kind = ColumnKind::empty;
    bool is_asked = false;
};

/// What columns hold, by their header.
using ColumnKinds = std::map<std::string, ColumnKind>;

/// Decides what a column holds, by its name first: what identifies by its name (identifiers.h) is
/// an identifier whatever stands there; then by all its cells.
///
/// - A number column may have up to a tenth of other texts, or any number that may have separators
///   of thousands ("1.101"), or up to half bounds of what could be measured ("<0.6"); a yes/no
///   column up to a tenth of other words, of which none comes twice; a date column up to a tenth of
///   other texts and any dates that nobody can read. They are cells that cannot be read, no
///   classes.
/// - Whole numbers of at most five values that repeat (wards 1, 2, 3) may be classes: they are
///   taken as such and asked about, unless the name states a unit or a score.
/// - Whole numbers are telephone or record numbers (E.164) when they have 7 to 15 digits, when some
///   begin with a zero, and when none repeats and all are of one length from five digits up;
///   amounts that mostly end in two zeros are not.
/// - Texts are classes up to twelve different ones that repeat, of at most 60 letters. They are
/// free
///   text when several of them, more than half of the different ones, come once, when the name says
///   so, and when one of them leads to a person; where half of all cells do, identifiers.
GuessedKind guess_column_kind(std::string_view name, std::span<const ColumnCell> cells);

/// 1 for "1", "yes", "y", "true", "1.0"; 0 for "0", "no", "n", "false", "0.0", in any case;
/// nullopt for anything else.
std::optional<double> parse_yes_no(std::string_view text);

}  // namespace paraspinal
