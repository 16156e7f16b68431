// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/export/redcap_field.h"

#include "core/text.h"
#include "io/calendar_date.h"
#include "io/tables/cell_text.h"
#include "pipeline/batch/export/disguise.h"
#include "pipeline/tables/columns/column_types.h"

#include <algorithm>
#include <cstddef>

namespace paraspinal {
namespace {

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kDateLength = 10;  // "2026-01-31"; longer has a time behind it.

bool is_letter(char one) {
    return one >= 'a' && one <= 'z';
}

bool is_digit(char one) {
    return one >= '0' && one <= '9';
}

// What stands on the form: a sentence with its unit.
std::string label_of(const ColumnMeaning& column) {
    std::string label = column.meaning;
    if (!label.empty() && is_letter(label.front())) {
        label.front() = static_cast<char>(label.front() - 'a' + 'A');
    }
    const bool has_unit = is_number(column) && column.unit != "none" && column.unit != "number";
    return has_unit ? label + " (" + column.unit + ")" : label;
}

bool is_plain_number(std::string_view cell) {
    const bool is_code = cell.size() > 1 && cell[0] == '0' && is_digit(cell[1]);
    return !is_code && parse_number(cell).has_value();
}

bool is_plain_date(std::string_view cell) {
    return cell.size() <= kDateLength && cell.find_first_of("-.") != std::string_view::npos &&
           parse_date(cell).has_value();
}

// Whether there is any value, and all are as `is_one` has it.
template <class IsOne>
bool are_all(std::span<const std::string> cells, IsOne is_one) {
    bool has_any = false;
    for (const std::string& cell : cells) {
        if (is_missing_text(cell)) {
            continue;
        }
        has_any = true;
        if (!is_one(cell)) {
            return false;
        }
    }
    return has_any;
}

}  // namespace

std::string redcap_name(std::string_view header, const std::set<std::string>& taken) {
    std::string name;
    for (const char one : lower_case(header)) {
        if (is_letter(one) || is_digit(one)) {
            name += one;
        } else if (!name.empty() && name.back() != '_') {
            name += '_';
        }
    }
    if (name.empty() || !is_letter(name.front())) {
        name.insert(0, "column_");
    }
    const auto ended = [](std::string text, std::size_t length) {
        text.resize(std::min(text.size(), length));
        text.erase(text.find_last_not_of('_') + 1);
        return text;
    };
    std::string free = ended(name, kLongestName);
    for (int copy = 2; taken.contains(free); ++copy) {
        const std::string end = "_" + std::to_string(copy);
        free = ended(name, kLongestName - end.size()) + end;
    }
    return free;
}

RedcapField redcap_field(const ColumnMeaning& column) {
    RedcapField field{.name = column.name,
                      .form = "paraspinal_mri",
                      .label = label_of(column),
                      .choices = classes_of(column),
                      .is_identifier = disguise_of(column.name) != Disguise::none};
    if (!field.choices.empty()) {
        field.type = "radio";
    } else if (column.name == "message" || column.name == "review_note") {
        field.type = "notes";
    } else if (column.unit == "YYYYMMDD") {
        field.validation = "date_ymd";
    } else if (is_number(column)) {
        field.validation = column.unit == "number" ? "integer" : "number";
    }
    if (!column.empty_when.starts_with("never")) {
        field.note = "Empty: " + column.empty_when;
    }
    return field;
}

RedcapField redcap_field(std::string_view header,
                         ColumnKind kind,
                         std::span<const std::string> cells,
                         const std::set<std::string>& taken) {
    RedcapField field{
        .name = redcap_name(header, taken), .form = "clinical_data", .label = std::string(header)};
    if (kind == ColumnKind::yes_no) {
        field.type = "yesno";
    } else if (are_all(cells, is_plain_number)) {
        field.validation = "number";
    } else if (are_all(cells, is_plain_date)) {
        field.validation = "date_ymd";
        field.is_identifier = true;
    }
    return field;
}

std::optional<std::string> redcap_value(const RedcapField& field, std::string_view cell) {
    const bool is_typed =
        !field.validation.empty() || field.type == "yesno" || field.type == "radio";
    if (!is_typed) {
        return std::string(cell);
    }
    if (is_missing_text(cell)) {
        return std::string();
    }
    if (field.type == "radio") {
        const bool is_choice = std::ranges::find(field.choices, cell, [](const std::string& one) {
                                   return std::string_view(one);
                               }) != field.choices.end();
        return is_choice ? std::optional(std::string(cell)) : std::nullopt;
    }
    if (field.type == "yesno") {
        const std::optional<double> value = parse_yes_no(cell);
        return value ? std::optional<std::string>(*value > 0 ? "1" : "0") : std::nullopt;
    }
    if (field.validation == "date_ymd") {
        return parse_date(cell);
    }
    const bool fits = field.validation == "integer" ? parse_integer(cell).has_value()
                                                    : parse_number(cell).has_value();
    return fits ? std::optional(std::string(cell)) : std::nullopt;
}

const std::vector<std::string>& redcap_dictionary_columns() {
    static const std::vector<std::string> columns{"Variable / Field Name",
                                                  "Form Name",
                                                  "Section Header",
                                                  "Field Type",
                                                  "Field Label",
                                                  "Choices, Calculations, OR Slider Labels",
                                                  "Field Note",
                                                  "Text Validation Type OR Show Slider Number",
                                                  "Text Validation Min",
                                                  "Text Validation Max",
                                                  "Identifier?",
                                                  "Branching Logic (Show field only if...)",
                                                  "Required Field?",
                                                  "Custom Alignment",
                                                  "Question Number (surveys only)",
                                                  "Matrix Group Name",
                                                  "Matrix Ranking?",
                                                  "Field Annotation"};
    return columns;
}

std::vector<std::string> redcap_dictionary_row(const RedcapField& field) {
    std::vector<std::string> choices;
    for (const std::string& code : field.choices) {
        choices.push_back(code + ", " + with_spaces(code));
    }
    return {field.name,
            field.form,
            "",
            field.type,
            field.label,
            joined(choices, " | "),
            field.note,
            field.validation,
            "",
            "",
            field.is_identifier ? "y" : "",
            "",
            "",
            "",
            "",
            "",
            "",
            ""};
}

}  // namespace paraspinal
