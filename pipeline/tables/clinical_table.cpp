// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/clinical_table.h"

#include "core/error.h"
#include "core/id_contradictions.h"
#include "core/patient_groups.h"
#include "core/study.h"
#include "core/text.h"
#include "pipeline/tables/clinical_json.h"
#include "pipeline/tables/columns/predictor_columns.h"
#include "pipeline/tables/measured_otherwise.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

std::optional<std::size_t> either_column(const TableReader& table,
                                         const char* name,
                                         const char* other) {
    const std::optional<std::size_t> column = table.column(name);
    return column ? column : table.column(other);
}

void add(ClinicalTable& table, const std::string& key, ClinicalTable::Row row, std::size_t line) {
    if (key.empty()) {
        table.lines_without_key.push_back(line);
    } else {
        table.rows[key].push_back(std::move(row));
    }
}

std::string cell_of(const TableReader& table, const char* name) {
    const std::optional<std::size_t> column = table.column(name);
    return column ? std::string(trimmed(table.cell(*column))) : std::string();
}

// Who the row of measurements.csv that `table` stands at, with the key `key`, is about.
StatedPerson stated_person(const TableReader& table, std::string key) {
    const ClinicalTable::Person person = person_of(table, RowKey::patient_id);
    std::string date = examination_date(table).value_or("");
    std::erase(date, '-');
    return {.study = std::move(key),
            .accession_number = cell_of(table, "accession_number"),
            .person = person_text({.id = cell_of(table, "patient_id"),
                                   .sex = person.sex,
                                   .age_years = person.age_years,
                                   .name = {},
                                   .birth_date = {}},
                                  date)};
}

// A key that one row calls that of several people is so in all of them.
void note_keys_of_several_people(ClinicalTable& table, const std::vector<StatedPerson>& stated) {
    const ContradictionsByStudy contradictions = contradictions_by_study(stated);
    for (auto& [key, rows] : table.rows) {
        const KeyContradictions own = contradictions_of(contradictions, key);
        const bool is_one =
            !(table.key == RowKey::patient_id ? own.patient_id : own.accession_number).empty() ||
            std::ranges::any_of(
                rows, [](const ClinicalTable::Row& row) { return row.person.stands_for_several; });
        for (ClinicalTable::Row& row : rows) {
            row.person.stands_for_several = is_one;
        }
    }
}

ClinicalTable table_of_json(const std::filesystem::path& file,
                            const RiskModel& model,
                            std::optional<RowKey> wanted) {
    std::vector<ClinicalPatient> patients = read_clinical_json(file, model);
    const bool some_ids = std::ranges::any_of(patients, [](const ClinicalPatient& patient) {
        return !patient.key.empty() && patient.kind == RowKey::patient_id;
    });
    const bool some_accessions = std::ranges::any_of(patients, [](const ClinicalPatient& patient) {
        return !patient.key.empty() && patient.kind == RowKey::accession_number;
    });
    const RowKey key = wanted.value_or(some_accessions && !some_ids ? RowKey::accession_number
                                                                    : RowKey::patient_id);
    ClinicalTable clinical{.key = key};
    std::size_t place = 0;
    for (ClinicalPatient& patient : patients) {
        add(clinical,
            patient.kind == key ? patient.key : std::string(),
            std::move(patient.row),
            ++place);
    }
    return clinical;
}

}  // namespace

ClinicalTable::Person person_of(const TableReader& table, RowKey key) {
    const auto sex = either_column(table, "sex", "patient_sex");
    const auto age = either_column(table, "age_years", "patient_age_years");
    return {.sex = sex ? sex_of(table.cell(*sex)) : "",
            .age_years = age ? table.number(*age) : std::nullopt,
            .stands_for_several = names_flag(cell_of(table, "qc_flags"), flag_of(key))};
}

std::string_view contradiction_between(const ClinicalTable::Person& one,
                                       const ClinicalTable::Person& other) {
    if (!one.sex.empty() && !other.sex.empty() && one.sex != other.sex) {
        return "different sexes";
    }
    const bool is_other_age = one.age_years && other.age_years &&
                              std::abs(*one.age_years - *other.age_years) > kMostYearsBetweenAges;
    return is_other_age ? "ages more than two years apart" : "";
}

std::string_view row_key_name(RowKey key) {
    return key == RowKey::patient_id ? "patient_id" : "accession_number";
}

Flag flag_of(RowKey key) {
    return key == RowKey::patient_id ? Flag::patient_id_contradiction
                                     : Flag::accession_number_contradiction;
}

std::optional<RowKey> row_key_of(const TableReader& table) {
    for (const RowKey key : {RowKey::patient_id, RowKey::accession_number}) {
        if (table.column(row_key_name(key))) {
            return key;
        }
    }
    return std::nullopt;
}

ClinicalTable::Found ClinicalTable::find(std::string_view key_text,
                                         std::size_t place,
                                         ExaminationDates dates) const {
    const auto found = rows.find(key_text);
    std::vector<std::optional<std::string>> own_dates;
    if (found != rows.end()) {
        std::ranges::transform(found->second, std::back_inserter(own_dates), &Row::date);
    }
    const ExaminationMatch match = match_examination(place, dates, own_dates);
    return match.place ? Found{.row = &found->second[*match.place]}
                       : Found{.row = nullptr, .reason = match.reason};
}

std::optional<std::string> examination_date(const TableReader& table) {
    return examination_date(cell_of(table, "study_date"));
}

std::string measured_otherwise(const TableReader& table, const RiskModel& model) {
    const std::string roi = cell_of(table, "roi");
    const std::string method = cell_of(table, "fat_method");
    const std::string guard = cell_of(table, "fat_guard");
    return measured_otherwise(MeasuredHow{.roi = roi, .fat_method = method, .fat_guard = guard},
                              model);
}

ClinicalTable read_clinical_table(const std::filesystem::path& file,
                                  const RiskModel& model,
                                  const TableOptions& options,
                                  std::optional<RowKey> wanted) {
    if (is_json_file(file)) {
        return table_of_json(file, model, wanted);
    }
    TableReader table(file, options);
    const std::optional<RowKey> key = wanted ? wanted : row_key_of(table);
    if (!key) {
        throw Error(ErrorCode::malformed_file,
                    "the table has neither a column patient_id nor accession_number; it has: " +
                        joined(table.headers(), ", "));
    }
    const std::size_t key_column = table.required_column(row_key_name(*key));
    const PredictorColumns columns(table, model);
    require_predictors(table, columns, model);
    const bool is_measured = table.column("level_source").has_value();
    ClinicalTable clinical{.key = *key};
    clinical.without_column = columns.without_column();
    UnreadableCells unreadable;
    std::vector<StatedPerson> stated;
    while (table.next()) {
        std::string own_key(trimmed(table.cell(key_column)));
        if (is_measured) {
            stated.push_back(stated_person(table, own_key));
        }
        if (is_measured && lower_case(cell_of(table, "status")) == "failed") {
            continue;
        }
        Values values(model.predictors.size());
        columns.read(table, values, unreadable);
        if (columns.is_other_level(table)) {
            clinical.other_level_lines.push_back(table.line());
        }
        add(clinical,
            own_key,
            {.date = examination_date(table),
             .values = std::move(values),
             .person = person_of(table, *key),
             .otherwise = measured_otherwise(table, model)},
            table.line());
    }
    unreadable.refuse();
    note_keys_of_several_people(clinical, stated);
    return clinical;
}

}  // namespace paraspinal
