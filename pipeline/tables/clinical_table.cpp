// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/clinical_table.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/text.h"
#include "io/read_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

namespace paraspinal {
namespace {

struct MeasuredColumns {
    std::string_view key;
    std::string_view low;
    std::string_view high;
};
constexpr std::array kMeasuredColumns{
    MeasuredColumns{.key = "csa_cm2", .low = "csa_low_cm2", .high = "csa_high_cm2"},
    MeasuredColumns{.key = "fdr_pct", .low = "fdr_low_pct", .high = "fdr_high_pct"},
    MeasuredColumns{.key = "vb_cm2", .low = "vb_low_cm2", .high = "vb_high_cm2"}};

using Values = std::vector<std::optional<RiskInput>>;

std::optional<double> binary_value(const CsvReader& table, std::size_t column) {
    const std::string_view text = trimmed(table.cell(column));
    if (is_missing_text(text)) {
        return std::nullopt;
    }
    const std::optional<double> value = parse_yes_no(text);
    if (!value) {
        throw Error(ErrorCode::malformed_file, table.place(column) + ": must be yes or no, 1 or 0");
    }
    return value;
}

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

std::string json_key(const nlohmann::json& patient) {
    for (const char* const name : {"patient_id", "accession_number"}) {
        const auto found = patient.find(name);
        if (found != patient.end() && found->is_string()) {
            return found->get<std::string>();
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

std::string sex_of(std::string_view text) {
    const std::string lower = lower_case(trimmed(text));
    if (lower == "f" || lower == "female" || lower == "w" || lower == "woman") {
        return "F";
    }
    return lower == "m" || lower == "male" || lower == "man" ? "M" : "";
}

std::optional<std::size_t> either_column(const CsvReader& table,
                                         const char* name,
                                         const char* other) {
    const std::optional<std::size_t> column = table.column(name);
    return column ? column : table.column(other);
}

ClinicalTable::Person person_of(const CsvReader& table) {
    const auto sex = either_column(table, "sex", "patient_sex");
    const auto age = either_column(table, "age_years", "patient_age_years");
    return {.sex = sex ? sex_of(table.cell(*sex)) : "",
            .age_years = age ? table.number(*age) : std::nullopt};
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

}  // namespace

bool is_json_file(const std::filesystem::path& file) {
    return lower_case(file.extension().string()) == ".json";
}

std::vector<ClinicalPatient> read_clinical_json(const std::filesystem::path& file,
                                                const RiskModel& model) {
    std::vector<ClinicalPatient> patients;
    for (const nlohmann::json& patient : json_document(file)) {
        Values values = json_values(patient, model, patients.size() + 1);
        patients.push_back(
            {.key = json_key(patient), .values = std::move(values), .person = person_of(patient)});
    }
    return patients;
}

std::optional<double> parse_yes_no(std::string_view text) {
    const std::string lower = lower_case(trimmed(text));
    if (lower == "1" || lower == "yes" || lower == "y" || lower == "true") {
        return 1;
    }
    if (lower == "0" || lower == "no" || lower == "n" || lower == "false") {
        return 0;
    }
    return std::nullopt;
}

PredictorColumns::PredictorColumns(const CsvReader& table, const RiskModel& model) {
    if (table.column("level_source")) {
        level_ = table.column("level");
    }
    for (std::size_t i = 0; i < model.predictors.size(); ++i) {
        const Predictor& predictor = model.predictors[i];
        std::optional<std::size_t> value = table.column(predictor.key);
        if (!value && predictor.key == "age_years") {
            value = table.column("patient_age_years");
        }
        if (!value) {
            without_column_.push_back(predictor.key);
            continue;
        }
        Source source{.predictor = i, .kind = predictor.kind, .value = *value};
        for (const MeasuredColumns& measured : kMeasuredColumns) {
            if (measured.key == predictor.key) {
                source.is_measured = true;
                source.low = table.column(measured.low);
                source.high = table.column(measured.high);
            }
        }
        sources_.push_back(source);
    }
}

bool PredictorColumns::is_other_level(const CsvReader& table) const {
    const std::string_view level = level_ ? trimmed(table.cell(*level_)) : std::string_view();
    return !level.empty() && level != "L3";
}

void PredictorColumns::read(const CsvReader& table, Values& values) const {
    const bool without_measured = is_other_level(table);
    for (const Source& source : sources_) {
        if (without_measured && source.is_measured) {
            continue;
        }
        if (source.kind == PredictorKind::binary) {
            if (const std::optional<double> value = binary_value(table, source.value)) {
                values[source.predictor] = RiskInput{.value = *value};
            }
            continue;
        }
        const std::optional<double> value = table.number(source.value);
        if (!value) {
            continue;
        }
        RiskInput input{.value = *value};
        if (source.low && source.high) {
            const std::optional<double> low = table.number(*source.low);
            const std::optional<double> high = table.number(*source.high);
            if (low && high) {
                input = measured_input(
                    *value, {.low = *low, .high = *high, .coverage = kMeasurementCoverage});
            }
        }
        values[source.predictor] = input;
    }
}

Values with_measured(const RiskModel& model,
                     Values clinical,
                     std::span<const std::optional<RiskInput>> measured) {
    for (std::size_t i = 0; i < clinical.size(); ++i) {
        const bool is_of_image =
            std::ranges::find(kMeasuredColumns, model.predictors[i].key, &MeasuredColumns::key) !=
            kMeasuredColumns.end();
        if (measured[i] && (is_of_image || !clinical[i])) {
            clinical[i] = measured[i];
        }
    }
    return clinical;
}

std::optional<std::size_t> key_column(const CsvReader& table) {
    const std::optional<std::size_t> patient = table.column("patient_id");
    return patient ? patient : table.column("accession_number");
}

void require_predictors(const CsvReader& table,
                        const PredictorColumns& columns,
                        const RiskModel& model) {
    if (columns.without_column().size() < model.predictors.size()) {
        return;
    }
    constexpr std::size_t kNamed = 3;
    constexpr std::size_t kLongest = 30;
    std::string names;
    for (std::size_t i = 0; i < std::min(kNamed, table.columns().size()); ++i) {
        names += (i == 0 ? "'" : ", '") + table.columns()[i].substr(0, kLongest) + "'";
    }
    throw Error(ErrorCode::malformed_file,
                "none of the columns that the table's first line names (" + names +
                    (table.columns().size() > kNamed ? ", ..." : "") + ") is a predictor of " +
                    model.name +
                    "; that line must hold the names of the columns, without a title above");
}

ClinicalTable read_clinical_table(const std::filesystem::path& file, const RiskModel& model) {
    if (is_json_file(file)) {
        Collector collector;
        std::size_t place = 0;
        for (ClinicalPatient& patient : read_clinical_json(file, model)) {
            collector.add(patient.key, std::move(patient.values), patient.person, ++place);
        }
        return std::move(collector).finish();
    }
    CsvReader table(file);
    const std::optional<std::size_t> key = key_column(table);
    if (!key) {
        throw Error(ErrorCode::malformed_file,
                    "the table has neither a column patient_id nor accession_number");
    }
    const PredictorColumns columns(table, model);
    require_predictors(table, columns, model);
    Collector collector;
    std::vector<std::size_t> other_level_lines;
    while (table.next()) {
        Values values(model.predictors.size());
        columns.read(table, values);
        if (columns.is_other_level(table)) {
            other_level_lines.push_back(table.line());
        }
        collector.add(std::string(trimmed(table.cell(*key))),
                      std::move(values),
                      person_of(table),
                      table.line());
    }
    ClinicalTable clinical = std::move(collector).finish();
    clinical.without_column = columns.without_column();
    clinical.other_level_lines = std::move(other_level_lines);
    return clinical;
}

}  // namespace paraspinal
