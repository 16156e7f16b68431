// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/clinical_table.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/clinical_json.h"
#include "pipeline/tables/predictor_columns.h"

#include <algorithm>
#include <cmath>
#include <set>
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

// Fills a ClinicalTable; drops patients that come twice.
class Collector {
  public:
    void add(const std::string& key,
             Values values,
             const ClinicalTable::Person& person,
             std::size_t line) {
        table_.persons.emplace(key, person);
        if (key.empty()) {
            table_.lines_without_key.push_back(line);
        } else if (!table_.patients.emplace(key, std::move(values)).second) {
            table_.duplicate_lines.push_back(line);
            twice_.insert(key);
        }
    }
    ClinicalTable finish() && {
        for (const std::string& key : twice_) {
            table_.patients.erase(key);
        }
        return std::move(table_);
    }

  private:
    ClinicalTable table_;
    std::set<std::string> twice_;
};

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
    Collector collector;
    std::size_t place = 0;
    for (ClinicalPatient& patient : patients) {
        collector.add(patient.kind == key ? patient.key : std::string(),
                      std::move(patient.values),
                      patient.person,
                      ++place);
    }
    ClinicalTable clinical = std::move(collector).finish();
    clinical.key = key;
    return clinical;
}

}  // namespace

ClinicalTable::Person person_of(const TableReader& table) {
    const auto sex = either_column(table, "sex", "patient_sex");
    const auto age = either_column(table, "age_years", "patient_age_years");
    return {.sex = sex ? sex_of(table.cell(*sex)) : "",
            .age_years = age ? table.number(*age) : std::nullopt};
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

std::optional<RowKey> row_key_of(const TableReader& table) {
    for (const RowKey key : {RowKey::patient_id, RowKey::accession_number}) {
        if (table.column(row_key_name(key))) {
            return key;
        }
    }
    return std::nullopt;
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
    Collector collector;
    UnreadableCells unreadable;
    std::vector<std::size_t> other_level_lines;
    while (table.next()) {
        Values values(model.predictors.size());
        columns.read(table, values, unreadable);
        if (columns.is_other_level(table)) {
            other_level_lines.push_back(table.line());
        }
        collector.add(std::string(trimmed(table.cell(key_column))),
                      std::move(values),
                      person_of(table),
                      table.line());
    }
    unreadable.refuse();
    ClinicalTable clinical = std::move(collector).finish();
    clinical.key = *key;
    clinical.without_column = columns.without_column();
    clinical.other_level_lines = std::move(other_level_lines);
    return clinical;
}

}  // namespace paraspinal
