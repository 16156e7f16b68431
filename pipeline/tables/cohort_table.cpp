// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/cohort_table.h"

#include "core/error.h"
#include "core/text.h"
#include "io/csv.h"
#include "pipeline/tables/clinical_table.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

// Numbers of a column read as text, with the decimal comma where the file has it.
struct Parsed {
    std::string text;
    std::optional<double> number;
    std::optional<double> yes_no;
};

std::optional<double> number_or_nothing(const CsvReader& table, std::size_t column) {
    try {
        return table.number(column);
    } catch (const Error&) {
        return std::nullopt;
    }
}

CohortColumn classified(const std::string& name, const std::vector<Parsed>& cells) {
    CohortColumn column{.name = name};
    bool all_numbers = true;
    bool all_yes_no = true;
    bool some = false;
    for (const Parsed& cell : cells) {
        column.texts.push_back(cell.text);
        if (!cell.text.empty()) {
            some = true;
            all_numbers = all_numbers && cell.number.has_value();
            all_yes_no = all_yes_no && cell.yes_no.has_value();
        }
    }
    if (!some) {
        return column;
    }
    column.kind = all_yes_no    ? ColumnKind::yes_no
                  : all_numbers ? ColumnKind::number
                                : ColumnKind::categorical;
    if (column.kind != ColumnKind::categorical) {
        for (const Parsed& cell : cells) {
            column.numbers.push_back(all_yes_no ? cell.yes_no : cell.number);
        }
    }
    return column;
}

}  // namespace

CohortTable read_cohort(const std::filesystem::path& file) {
    CsvReader table(file);
    std::vector<std::vector<Parsed>> cells(table.columns().size());
    CohortTable cohort;
    while (table.next()) {
        ++cohort.patients;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string_view text = trimmed(table.cell(i));
            Parsed& cell = cells[i].emplace_back();
            if (!is_missing_text(text)) {
                cell.text = text;
                cell.number = number_or_nothing(table, i);
                cell.yes_no = parse_yes_no(text);
            }
        }
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cohort.columns.push_back(classified(table.columns()[i], cells[i]));
    }
    return cohort;
}

const CohortColumn& cohort_column(const CohortTable& cohort, std::string_view name) {
    const std::string wanted = lower_case(name);
    for (const CohortColumn& column : cohort.columns) {
        if (lower_case(column.name) == wanted) {
            return column;
        }
    }
    throw Error(ErrorCode::usage, "the table has no column " + std::string(name));
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

bool is_identifier(std::string_view column) {
    constexpr std::array<std::string_view, 8> kIdentifiers{"patient_id",
                                                           "accession_number",
                                                           "study_uid",
                                                           "series_uid",
                                                           "sop_instance_uid",
                                                           "study_date",
                                                           "treated_levels",
                                                           "new_fracture_levels"};
    return std::ranges::find(kIdentifiers, lower_case(column)) != kIdentifiers.end();
}

}  // namespace paraspinal
