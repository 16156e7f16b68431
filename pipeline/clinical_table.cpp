// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/clinical_table.h"

#include "core/error.h"
#include "core/text.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

namespace paraspinal {
namespace {

// The clinical columns that predict; the unit is part of the name.
constexpr std::array<std::string_view, 9> kNumbers{"age_years",
                                                   "hemoglobin_g_l",
                                                   "total_protein_g_l",
                                                   "albumin_g_l",
                                                   "hdl_c_mmol_l",
                                                   "beta_ctx_ng_ml",
                                                   "pth_ng_ml",
                                                   "vitamin_d_nmol_l",
                                                   "bmd_t_score"};
constexpr std::array<std::string_view, 4> kYesOrNo{
    "diabetes", "multiple_fractures", "regular_exercise", "anti_osteoporosis_treatment"};

std::optional<double> yes_or_no(std::string_view text) {
    const std::string word = lower_case(trimmed(text));
    if (word == "1" || word == "yes" || word == "true") {
        return 1;
    }
    if (word == "0" || word == "no" || word == "false") {
        return 0;
    }
    return std::nullopt;
}

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorCode::malformed_file, what);
}

void add_patient(ClinicalTable& table, const std::string& patient_id, RiskInputs values) {
    if (!table.emplace(patient_id, std::move(values)).second) {
        refuse("the clinical table has a patient_id twice (entry " +
               std::to_string(table.size() + 1) + "); keep one row a patient");
    }
}

ClinicalTable read_csv(const std::filesystem::path& file) {
    CsvReader csv(file);
    const std::optional<std::size_t> id = csv.column("patient_id");
    if (!id) {
        refuse("the clinical table has no column patient_id");
    }
    ClinicalTable table;
    while (csv.next()) {
        add_patient(table, std::string(csv.cell(*id)), clinical_values(csv));
    }
    return table;
}

double json_value(const nlohmann::json& value, const std::string& key) {
    const bool is_yes_or_no = std::ranges::find(kYesOrNo, key) != kYesOrNo.end();
    if (value.is_boolean() && is_yes_or_no) {
        return value.get<bool>() ? 1 : 0;
    }
    if (value.is_number()) {
        return value.get<double>();
    }
    const std::optional<double> parsed =
        value.is_string() ? (is_yes_or_no ? yes_or_no(value.get<std::string>())
                                          : parse_number(value.get<std::string>()))
                          : std::nullopt;
    if (!parsed) {
        refuse(key + " is no " + (is_yes_or_no ? "yes or no" : "number"));
    }
    return *parsed;
}

RiskInputs json_values(const nlohmann::json& patient) {
    RiskInputs values;
    const auto take = [&](std::string_view name) {
        const std::string key(name);
        const auto found = patient.find(key);
        if (found != patient.end() && !found->is_null()) {
            values[key].value = json_value(*found, key);
        }
    };
    std::ranges::for_each(kNumbers, take);
    std::ranges::for_each(kYesOrNo, take);
    return values;
}

ClinicalTable read_json(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) {
        throw Error(ErrorCode::input_not_found, "cannot open '" + file.string() + "'");
    }
    const nlohmann::json document = nlohmann::json::parse(stream, nullptr, false);
    if (document.is_discarded() || !(document.is_object() || document.is_array())) {
        refuse("'" + file.filename().string() + "' is not a JSON object or array");
    }
    ClinicalTable table;
    for (const nlohmann::json& patient :
         document.is_array() ? document : nlohmann::json::array({document})) {
        const auto id = patient.find("patient_id");
        if (!patient.is_object() || id == patient.end() || !id->is_string()) {
            refuse("entry " + std::to_string(table.size() + 1) + " has no patient_id text");
        }
        add_patient(table, id->get<std::string>(), json_values(patient));
    }
    return table;
}

}  // namespace

RiskInputs clinical_values(const CsvReader& csv) {
    RiskInputs values;
    for (const std::string_view key : kNumbers) {
        const std::optional<std::size_t> column = csv.column(key);
        const std::optional<double> value = column ? csv.number(*column) : std::nullopt;
        if (value) {
            values[std::string(key)].value = *value;
        }
    }
    for (const std::string_view key : kYesOrNo) {
        const std::optional<std::size_t> column = csv.column(key);
        const std::string_view text = column ? csv.cell(*column) : std::string_view{};
        if (text.empty() || lower_case(text) == "na") {
            continue;
        }
        const std::optional<double> value = yes_or_no(text);
        if (!value) {
            refuse(csv.place(*column) + " must be 1 or 0, yes or no");
        }
        values[std::string(key)].value = *value;
    }
    return values;
}

ClinicalTable read_clinical_table(const std::filesystem::path& file) {
    return lower_case(file.extension().string()) == ".json" ? read_json(file) : read_csv(file);
}

}  // namespace paraspinal
