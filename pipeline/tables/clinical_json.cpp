// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/clinical_json.h"

#include "core/error.h"
#include "core/text.h"
#include "io/read_file.h"
#include "pipeline/tables/columns/column_types.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace paraspinal {
namespace {

using Values = std::vector<std::optional<RiskInput>>;

std::optional<double> json_value(const nlohmann::json& field, PredictorKind kind) {
    if (field.is_null()) {
        return std::nullopt;
    }
    if (field.is_boolean() && kind == PredictorKind::binary) {
        return field.get<bool>() ? 1 : 0;
    }
    if (field.is_string() && kind == PredictorKind::binary) {
        return parse_yes_no(field.get<std::string>());
    }
    return field.is_number() ? std::optional(field.get<double>()) : std::nullopt;
}

// The patient's key and what it is; empty when the object has neither.
std::pair<std::string, RowKey> json_key(const nlohmann::json& patient) {
    for (const RowKey key : {RowKey::patient_id, RowKey::accession_number}) {
        const auto found = patient.find(row_key_name(key));
        if (found != patient.end() && found->is_string()) {
            return {found->get<std::string>(), key};
        }
    }
    return {};
}

Values json_values(const nlohmann::json& patient, const RiskModel& model, std::size_t place) {
    const std::string where = "patient " + std::to_string(place);
    if (!patient.is_object()) {
        throw Error(ErrorCode::malformed_file, where + ": must be an object");
    }
    Values values(model.predictors.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Predictor& predictor = model.predictors[i];
        const auto field = patient.find(predictor.key);
        if (field == patient.end() || field->is_null()) {
            continue;
        }
        const std::optional<double> value = json_value(*field, predictor.kind);
        if (!value) {
            throw Error(ErrorCode::malformed_file,
                        where + ", " + predictor.key + ": must be a number" +
                            (predictor.kind == PredictorKind::binary ? ", true or false" : ""));
        }
        values[i] = RiskInput{.value = *value};
    }
    return values;
}

nlohmann::json json_document(const std::filesystem::path& file) {
    const std::optional<std::string> text = read_file(file);
    if (!text) {
        throw Error(
            std::filesystem::exists(file) ? ErrorCode::unreadable_file : ErrorCode::input_not_found,
            "cannot read " + file.string());
    }
    if (is_json_too_deep(*text)) {
        throw Error(ErrorCode::malformed_file,
                    file.string() + ": lists and objects are nested too deeply");
    }
    try {
        nlohmann::json document = nlohmann::json::parse(*text);
        return document.is_array() ? document : nlohmann::json::array({document});
    } catch (const nlohmann::json::exception&) {
        throw Error(ErrorCode::malformed_file, file.string() + ": is not valid JSON");
    }
}

ClinicalTable::Person person_of(const nlohmann::json& patient) {
    ClinicalTable::Person person;
    const auto sex = patient.find("sex");
    if (sex != patient.end() && sex->is_string()) {
        person.sex = sex_of(sex->get<std::string>());
    }
    const auto age = patient.find("age_years");
    if (age != patient.end() && age->is_number()) {
        person.age_years = age->get<double>();
    }
    return person;
}

std::optional<std::string> date_of(const nlohmann::json& patient) {
    const auto date = patient.find("study_date");
    if (date == patient.end() || date->is_null()) {
        return std::nullopt;
    }
    return examination_date(date->is_string() ? date->get<std::string>() : date->dump());
}

}  // namespace

std::string sex_of(std::string_view text) {
    const std::string lower = lower_case(trimmed(text));
    if (lower == "f" || lower == "female" || lower == "w" || lower == "woman") {
        return "F";
    }
    return lower == "m" || lower == "male" || lower == "man" ? "M" : "";
}

bool is_json_file(const std::filesystem::path& file) {
    return lower_case(file.extension().string()) == ".json";
}

std::vector<ClinicalPatient> read_clinical_json(const std::filesystem::path& file,
                                                const RiskModel& model) {
    std::vector<ClinicalPatient> patients;
    for (const nlohmann::json& patient : json_document(file)) {
        Values values = json_values(patient, model, patients.size() + 1);
        auto [key, kind] = json_key(patient);
        patients.push_back({.key = std::move(key),
                            .kind = kind,
                            .row = {.date = date_of(patient),
                                    .values = std::move(values),
                                    .person = person_of(patient)}});
    }
    return patients;
}

}  // namespace paraspinal
