// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/risk_table.h"

#include "core/error.h"
#include "core/flag.h"
#include "core/text.h"
#include "pipeline/cohort/models/risk_rows.h"
#include "pipeline/cohort/risk_measurements.h"
#include "pipeline/tables/clinical_json.h"
#include "pipeline/tables/clinical_table.h"
#include "pipeline/tables/columns/predictor_columns.h"

#include <algorithm>
#include <utility>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

// By what two files can be joined: the first of the keys that both have.
RowKey shared_key(const std::function<bool(RowKey)>& has_clinical,
                  const std::filesystem::path& measurements) {
    const TableReader measured(measurements);
    for (const RowKey key : {RowKey::patient_id, RowKey::accession_number}) {
        if (has_clinical(key) && measured.column(row_key_name(key))) {
            return key;
        }
    }
    throw Error(ErrorCode::malformed_file,
                "clinical values and measurements share neither a column patient_id nor "
                "accession_number, so that nobody could tell whose are whose");
}

// Why a clinical row and a measurement may not be joined, for people; empty: they may.
std::string contradiction_of(const ClinicalTable::Row& row,
                             const ClinicalTable::Row& measured,
                             RowKey key) {
    if (measured.person.stands_for_several) {
        return "the images with this " + std::string(row_key_name(key)) +
               " may be of several people (" + std::string(flag_name(flag_of(key))) + ")";
    }
    const std::string contradiction(contradiction_between(row.person, measured.person));
    return contradiction.empty() ? contradiction
                                 : "measurements and clinical values with this ID state " +
                                       contradiction + "; they may be of two people";
}

// The clinical row `row` with its measurement; no risk out of the values of two people.
void write_joined(RiskRows& writer,
                  const std::string& name,
                  const RiskModel& model,
                  RowKey key,
                  const ClinicalTable::Row& row,
                  const ClinicalTable::Found& measured) {
    const std::string contradiction =
        measured.row != nullptr ? contradiction_of(row, *measured.row, key) : std::string();
    if (!contradiction.empty()) {
        writer.failed_row(name, flag_name(Flag::risk_identity_contradiction), contradiction);
        return;
    }
    const Values none(model.predictors.size());
    writer.row(
        name,
        with_measured(model, row.values, measured.row != nullptr ? measured.row->values : none),
        doubt_of(row, measured));
}

void write_json_patients(const RiskTableInput& input,
                         const RiskModel& model,
                         RiskRows& writer,
                         RiskTableNotes& notes) {
    const std::vector<ClinicalPatient> patients = read_clinical_json(input.clinical, model);
    const bool join = !input.measurements.empty();
    const RowKey key =
        !join ? RowKey::patient_id
              : shared_key(
                    [&](RowKey one) {
                        return std::ranges::any_of(patients, [&](const ClinicalPatient& patient) {
                            return patient.kind == one && !patient.key.empty();
                        });
                    },
                    input.measurements);
    const auto key_of = [key](const ClinicalPatient& patient) {
        return patient.kind == key ? patient.key : std::string();
    };
    DatesByKey dates;
    for (const ClinicalPatient& patient : patients) {
        dates[key_of(patient)].push_back(patient.row.date);
    }
    RiskMeasurements measurements(input.measurements, model, key, std::move(dates));
    std::size_t place = 0;
    for (const ClinicalPatient& patient : patients) {
        write_joined(
            writer,
            patient.key,
            model,
            key,
            patient.row,
            measurements.find({.key = key_of(patient), .date = patient.row.date, .line = ++place},
                              notes));
    }
    measurements.finish(notes);
}

void write_table_patients(const RiskTableInput& input,
                          const RiskModel& model,
                          RiskRows& writer,
                          RiskTableNotes& notes) {
    const bool join = !input.clinical.empty() && !input.measurements.empty();
    const std::filesystem::path file = input.clinical.empty() ? input.measurements : input.clinical;
    const TableOptions reading = input.clinical.empty() ? TableOptions{} : input.reading;
    TableReader table(file, reading);
    const PredictorColumns columns(table, model);
    require_predictors(table, columns, model);
    require_readable(TableReader(file, reading), columns);
    notes.without_column = columns.without_column();
    std::optional<RowKey> key = row_key_of(table);
    if (join) {
        key = shared_key([&](RowKey one) { return table.column(row_key_name(one)).has_value(); },
                         input.measurements);
    }
    const RowKey own_key = key.value_or(RowKey::patient_id);
    RiskMeasurements measurements(
        join ? input.measurements : std::filesystem::path(),
        model,
        own_key,
        join ? dates_by_key(TableReader(file, reading), *key) : DatesByKey());
    for (std::size_t rows = 0; table.next(); ++rows) {
        if (!key && rows > 0) {
            throw Error(ErrorCode::malformed_file,
                        "the table has several rows and neither a column patient_id nor "
                        "accession_number, so that nobody could tell whose risk is whose");
        }
        const std::string name = key ? key_text(table, *key) : std::string();
        ClinicalTable::Row row{.date = examination_date(table),
                               .values = Values(model.predictors.size()),
                               .person = person_of(table, own_key),
                               .otherwise = measured_otherwise(table, model)};
        UnreadableCells none;
        columns.read(table, row.values, none);
        if (columns.is_other_level(table)) {
            notes.other_level_lines.push_back(table.line());
        }
        write_joined(
            writer,
            name,
            model,
            own_key,
            row,
            measurements.find({.key = name, .date = row.date, .line = table.line()}, notes));
    }
    measurements.finish(notes);
}

// The patients of a file of either form.
std::vector<Values> patients_of(const std::filesystem::path& file,
                                const TableOptions& reading,
                                const RiskModel& model) {
    std::vector<Values> patients;
    if (is_json_file(file)) {
        for (ClinicalPatient& patient : read_clinical_json(file, model)) {
            patients.push_back(std::move(patient.row.values));
        }
        return patients;
    }
    TableReader table(file, reading);
    const PredictorColumns columns(table, model);
    require_predictors(table, columns, model);
    UnreadableCells unreadable;
    while (table.next()) {
        columns.read(table, patients.emplace_back(model.predictors.size()), unreadable);
    }
    unreadable.refuse();
    return patients;
}

RiskTableNotes write_rows(const RiskTableInput& input,
                          const RiskModel& model,
                          const RiskRowWriter& rows,
                          const std::function<void(std::string_view)>& write) {
    RiskTableNotes notes;
    RiskRows writer(rows, write, notes);
    if (is_json_file(input.clinical)) {
        write_json_patients(input, model, writer, notes);
    } else {
        write_table_patients(input, model, writer, notes);
    }
    writer.finish();
    return notes;
}

}  // namespace

RiskTableNotes write_risk_table(const RiskTableInput& input,
                                RiskEstimator& estimator,
                                const std::function<void(std::string_view)>& write) {
    return write_rows(input, estimator.model(), model_rows(estimator), write);
}

RiskTableNotes write_points_table(const RiskTableInput& input,
                                  const PointsScore& score,
                                  const std::function<void(std::string_view)>& write) {
    return write_rows(input, columns_of(score), points_rows(score), write);
}

RiskModel columns_of(const PointsScore& score) {
    RiskModel model{.name = score.name};
    for (const PointsItem& item : score.items) {
        model.predictors.push_back({.key = item.key, .label = item.label, .kind = item.kind});
    }
    return model;
}

std::vector<std::optional<double>> plain_values(const Values& values) {
    std::vector<std::optional<double>> plain(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i]) {
            plain[i] = values[i]->value;
        }
    }
    return plain;
}

std::vector<std::optional<RiskInput>> single_patient(const RiskTableInput& input,
                                                     const RiskModel& model) {
    Values merged(model.predictors.size());
    for (const std::filesystem::path& file : {input.measurements, input.clinical}) {
        if (file.empty()) {
            continue;
        }
        const std::vector<Values> found =
            patients_of(file, file == input.clinical ? input.reading : TableOptions{}, model);
        if (found.size() != 1) {
            throw Error(ErrorCode::usage,
                        "the text is for one patient, " + file.filename().string() + " has " +
                            std::to_string(found.size()) + "; ask for --format csv");
        }
        merged = with_measured(model, found.front(), merged);
    }
    return merged;
}

std::string measured_otherwise(const RiskTableInput& input, const RiskModel& model) {
    if (input.measurements.empty()) {
        return {};
    }
    TableReader table(input.measurements);
    return table.next() ? measured_otherwise(table, model) : std::string();
}

}  // namespace paraspinal
