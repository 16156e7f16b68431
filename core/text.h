// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// `value` with exactly `decimals` digits after the point, whatever the locale; "-0.00" is written
/// "0.00". Not finite: empty, so that no file ever holds "nan".
std::string fixed_text(double value, int decimals);

/// The number that fixed_text(value, decimals) spells; `value` must be finite.
double rounded(double value, int decimals);

/// Shortest text that reads back as the same number, whatever the locale. Not finite: empty.
std::string shortest_text(double value);

/// A share of 1 in percent: "12.5 %".
std::string percent_text(double share, int decimals);

/// `texts` with `separator` between them.
std::string joined(const std::vector<std::string>& texts, std::string_view separator);

/// What stands between the letters `end`; a part after the last one counts unless it is empty.
std::vector<std::string> split(std::string_view text, char end);

/// The number that all of `text` (spaces around it allowed) spells with a decimal point;
/// nullopt for anything else, "nan" and "inf" included.
std::optional<double> parse_number(std::string_view text);

/// As parse_number, for whole numbers.
std::optional<std::int64_t> parse_integer(std::string_view text);

/// `text` without blanks, tabs, line ends and NULs at either end.
std::string_view trimmed(std::string_view text);

/// `name` with a space for every underscore, as in a sentence: "multifidus right".
std::string with_spaces(std::string_view name);

/// ASCII lower case; other bytes unchanged.
std::string lower_case(std::string_view text);

/// Lists and objects inside each other that a JSON document of ours or of a user may have; the
/// deepest of ours has 8. The JSON library would use up the stack at some 100,000.
inline constexpr int kMostJsonLevels = 32;

/// Whether `json` opens more than kMostJsonLevels brackets at a time, those in texts left out.
bool is_json_too_deep(std::string_view json);

/// 16 hexadecimal digits of the 64-bit FNV-1a hash of `text`: stable, and short, but anybody can
/// make two texts with one hash; uid_name of io/digest.h is for names. Source: Fowler, Noll, Vo,
/// draft-eastlake-fnv-17.
std::string short_hash(std::string_view text);

}  // namespace paraspinal
