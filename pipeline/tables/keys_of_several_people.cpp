// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/keys_of_several_people.h"

#include "core/flag.h"
#include "core/id_contradictions.h"
#include "core/patient_groups.h"
#include "core/study.h"
#include "core/text.h"
#include "io/tables/cell_text.h"
#include "pipeline/tables/match_examination.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace paraspinal {
namespace {

constexpr std::string_view kPatientId = "patient_id";
constexpr std::string_view kAccession = "accession_number";

std::string text_at(const RawTable& table, std::string_view name, std::size_t row) {
    const std::optional<std::size_t> column = column_of(table, name);
    const std::string& text = column ? table.columns[*column].cells[row].text : std::string();
    return is_missing_text(text) ? std::string() : text;
}

StatedPerson stated_at(const RawTable& table, std::string_view key, std::size_t row) {
    const auto text = [&](std::string_view name) { return text_at(table, name, row); };
    std::string date = examination_date(text("study_date")).value_or("");
    std::erase(date, '-');
    return {.study = text(key),
            .accession_number = text(kAccession),
            .person = person_text({.id = text(kPatientId),
                                   .sex = text("patient_sex"),
                                   .age_years = parse_number(text("patient_age_years")),
                                   .name = {},
                                   .birth_date = {}},
                                  date)};
}

}  // namespace

std::set<std::string, std::less<>> keys_of_several_people(const RawTable& table,
                                                          std::string_view key) {
    std::set<std::string, std::less<>> found;
    const bool is_accession = key == kAccession;
    if (!is_accession && key != kPatientId) {
        return found;
    }
    const Flag flag =
        is_accession ? Flag::accession_number_contradiction : Flag::patient_id_contradiction;
    const bool is_measured = column_of(table, "level_source").has_value();
    std::vector<StatedPerson> stated;
    for (std::size_t row = 0; row < table.lines.size(); ++row) {
        if (is_measured) {
            stated.push_back(stated_at(table, key, row));
        }
        if (names_flag(text_at(table, "qc_flags", row), flag)) {
            found.insert(text_at(table, key, row));
        }
    }
    for (const auto& [own, contradictions] : contradictions_by_study(stated)) {
        if (!(is_accession ? contradictions.accession_number : contradictions.patient_id).empty()) {
            found.insert(own);
        }
    }
    return found;
}

}  // namespace paraspinal
