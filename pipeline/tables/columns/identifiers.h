// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

// What leads to a patient or to somebody near her. All doors ask here, by way of the kinds of
// columns (column_types.h). Source of what identifies: 45 CFR 164.514(b)(2).

/// The letters and digits of a name, in lower case: "Tel. (privat)" is "tel", "privat".
std::vector<std::string> words_of(std::string_view name);

/// Whether the name has one of `words`, which are in lower case.
bool has_word(std::string_view name, std::span<const std::string_view> words);

/// Whether the name of a column says that it leads to a patient or a study, or holds lists: IDs,
/// UIDs, names, birth dates, addresses, telephone, case and insurance numbers, whatever stands
/// there.
bool is_identifier(std::string_view column);

/// Whether the name says that somebody is named there unless it holds yes and no: "Contact".
bool is_person_by_name(std::string_view column);

/// Whether the name says that people write there what they like: remarks, notes, messages.
bool is_free_text_by_name(std::string_view column);

/// Whether a text leads to a person, or may: a telephone or record number (five digits in a row, or
/// seven to 15 with separators), a date, an address with @, a title before a name ("Dr. Huber").
bool leads_to_person(std::string_view text);

/// Digits and separators as a date has them, whether or not there is such a day and whoever may
/// tell its month: "3/12/2019", "31.02.2025", "2019-12-03 10:15".
bool looks_like_date(std::string_view text);

}  // namespace paraspinal
