// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/batch/export/column_dictionary.h"
#include "pipeline/tables/columns/column_types.h"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// A field of a REDCap project: a line of its data dictionary.
/// Source: REDCap, Help & FAQ, data dictionary; Harris et al. 2009, doi:10.1016/j.jbi.2008.08.010.
struct RedcapField {
    std::string name;           ///< As redcap_name.
    std::string form;           ///< Instrument.
    std::string type = "text";  ///< text, notes (several lines), radio or yesno.
    std::string label;
    std::vector<std::string> choices;  ///< Codes of a radio field.
    std::string note;                  ///< Stands below the field.
    std::string validation;            ///< number, integer, date_ymd; empty: any text.
    bool is_identifier = false;
};

/// A name that REDCap takes: lower case ASCII letters, digits and single underscores, a letter
/// first, at most 100 characters, none of those `taken`. Letters of other alphabets become
/// underscores.
std::string redcap_name(std::string_view header, const std::set<std::string>& taken);

/// The field of a column of measurements.csv, as docs/columns.md has it. What a pseudonymized
/// export changes is flagged as identifier (disguise_of).
RedcapField redcap_field(const ColumnMeaning& column);

/// The field of a column that another table brought: yes/no when that is its kind, number or date
/// when every cell that is not missing (is_missing_text) is one, else any text, so that REDCap
/// refuses none. Numbers with a
/// leading zero are names ("01") and stay text. Dates are identifiers.
RedcapField redcap_field(std::string_view header,
                         ColumnKind kind,
                         std::span<const std::string> cells,
                         const std::set<std::string>& taken);

/// What REDCap imports for `cell`: dates as 2026-01-31, yes and no as 1 and 0; missing is empty.
/// nullopt for what it would refuse.
std::optional<std::string> redcap_value(const RedcapField& field, std::string_view cell);

/// The 18 columns of a data dictionary, and a field as a line of it.
const std::vector<std::string>& redcap_dictionary_columns();
std::vector<std::string> redcap_dictionary_row(const RedcapField& field);

}  // namespace paraspinal
