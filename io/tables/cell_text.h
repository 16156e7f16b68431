// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {

// What single cells of tables that people wrote stand for.

/// Whether a cell stands for a missing value: empty, one of the codes that statistics programs
/// write ("NA", "NaN", ".") or of those that people do: "n/a", "n.a.", "#N/A", "missing", "null",
/// "?" and dashes; in any case.
bool is_missing_text(std::string_view text);

/// Whether a missing value was spelled by a person, and not left empty or written as "NA", "NaN"
/// or ".": a reader of the table must be told that such cells were understood as missing.
bool is_missing_word(std::string_view text);

/// What may stand before the decimals of a number.
enum class DecimalMark : std::uint8_t {
    point,
    either,   ///< A point or a comma.
    unclear,  ///< The same, but "1.101" and "1,101" may be 1101 and are no numbers.
};

/// The number that a cell spells, "2,5" where there may be a comma. nullopt for anything else.
std::optional<double> cell_number(std::string_view text, DecimalMark mark);

/// Whether a text has, or may have, separators of thousands: "1.101", "1.234,5", "1,234,567"; not
/// "0.125".
bool has_thousands(std::string_view text);

/// What is said of a text that is no number: "is no number", "may be 1101 or 1.101 ...".
std::string no_number_text(std::string_view text);

/// A cell of our own tables without the apostrophe that csv_text puts before what a spreadsheet
/// would run as a formula.
std::string without_guard(std::string_view cell);

/// `text` as a message may quote it. Only what cannot be the name of a person, a birth date or a
/// telephone number is quoted: up to 20 characters that begin like a value ("<0.6", "12,5 g"),
/// or one short word in lower case ("pending"). Else what it is: "a text of 14 characters".
std::string shown_cell(std::string_view text);

}  // namespace paraspinal
