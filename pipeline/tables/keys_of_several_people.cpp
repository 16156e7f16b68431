// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/keys_of_several_people.h"

#include "core/flag.h"
#include "core/id_contradictions.h"
#include "core/patient_groups.h"
#include "core/study.h"
#include "core/text.h"
#include "pipeline/tables/match_examination.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <vector>

namespace paraspinal {
namespace {

constexpr std::string_view kPatientId = "patient_id";
constexpr std::string_view kAccession = "accession_number";

// Whom the rows of a table are of.
class People {
  public:
    People(const RawTable& table, std::string_view key)
        : table_(&table),
          key_(column_of(table, key)),
          date_(column_of(table, "study_date")),
          accession_(column_of(table, kAccession)),
          id_(column_of(table, kPatientId)),
          sex_(column_of(table, "patient_sex")),
          age_(column_of(table, "patient_age_years")) {}

    [[nodiscard]] StatedPerson at(std::size_t row) const {
        const auto text = [&](const auto& column) { return text_at(*table_, column, row); };
        std::string date = examination_date(text(date_)).value_or("");
        std::erase(date, '-');
        return {.study = text(key_),
                .accession_number = text(accession_),
                .person = person_text({.id = text(id_),
                                       .sex = text(sex_),
                                       .age_years = parse_number(text(age_)),
                                       .name = {},
                                       .birth_date = {}},
                                      date)};
    }

  private:
    using Column = std::optional<std::size_t>;
    const RawTable* table_;
    Column key_;
    Column date_;
    Column accession_;
    Column id_;
    Column sex_;
    Column age_;
};

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
    const std::optional<std::size_t> keys = column_of(table, key);
    const std::optional<std::size_t> flags = column_of(table, "qc_flags");
    const People people(table, key);
    std::vector<StatedPerson> stated;
    for (std::size_t row = 0; row < table.lines.size(); ++row) {
        if (is_measured) {
            stated.push_back(people.at(row));
        }
        if (names_flag(text_at(table, flags, row), flag)) {
            found.insert(text_at(table, keys, row));
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
