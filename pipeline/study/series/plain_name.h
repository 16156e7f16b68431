// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// The words of a name as plain_name has it.
using NameWords = std::vector<std::string>;
using NamePatterns = std::initializer_list<std::string_view>;

/// A name for looking for words in it: lower case (Latin, Greek, Cyrillic), one blank for whatever
/// is neither letter, digit nor a byte of a longer character, a blank at either end; "F/S" and
/// "F.S" as "fs".
std::string plain_name(const std::string& name);
NameWords words_of(const std::string& plain_text);

/// Whether one of `patterns` stands anywhere in `text`; is one of the words; begins one of them.
bool any_part(const std::string& text, NamePatterns patterns);
bool any_word(const NameWords& words, NamePatterns patterns);
bool any_start(const NameWords& words, NamePatterns patterns);

/// Whether one of `patterns` is a word, or run together with what names of sequences have: at the
/// end of a word, or at its beginning before a digit or such a word. "t2stir", "stir2d" and
/// "stirsag" have "stir"; "stirling" does not.
bool any_compound(const NameWords& words, NamePatterns patterns);

/// Whether one of `patterns` is a word, but for digits after it.
bool any_numbered(const NameWords& words, NamePatterns patterns);

}  // namespace paraspinal
