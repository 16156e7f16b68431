// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/load_risk_model.h"

#include "core/error.h"
#include "risk/model/built_in_files.h"
#include "risk/model/card_fields_internal.h"
#include "risk/model/json_reader_internal.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace paraspinal {
namespace {

// The integrals over the cohort enumerate 2^n patterns of the binary predictors.
constexpr int kMaxBinaryPredictors = 12;

GroupMoments read_moments(const JsonReader& card, PredictorKind kind, int patients) {
    if (kind == PredictorKind::continuous) {
        const GroupMoments moments{.mean = card.at("mean").number(), .sd = card.at("sd").number()};
        card.at("sd").require(moments.sd > 0, "must be above 0");
        return moments;
    }
    const int count = card.at("count").count();
    card.at("count").require(count <= patients, "is more than the patients of the group");
    const double share = static_cast<double>(count) / patients;
    return {.mean = share, .sd = std::sqrt(share * (1 - share))};
}

double read_standard_error(const JsonReader& card) {
    const double value = card.at("standard_error").number();
    card.at("standard_error").require(value >= 0, "must not be negative");
    return value;
}

std::vector<CoefficientReading> read_other_readings(const JsonReader& card) {
    std::vector<CoefficientReading> readings;
    if (!card.has("other_readings")) {
        return readings;
    }
    for (const JsonReader& item : card.at("other_readings").items()) {
        readings.push_back({.name = item.at("name").text(),
                            .coefficient = item.at("coefficient").number(),
                            .standard_error = read_standard_error(item),
                            .reason = item.at("reason").text()});
    }
    return readings;
}

Predictor read_predictor(const JsonReader& card, const RiskModel& model) {
    Predictor predictor;
    predictor.key = card.at("key").text();
    card.at("key").require(is_card_key(predictor.key), "must be lower-case letters, digits and _");
    card.at("key").require(!predictor_index(model, predictor.key), "appears twice");
    predictor.label = card.at("label").text();
    predictor.kind = read_predictor_kind(card.at("kind"));
    predictor.unit = card.text_or_empty("unit");
    predictor.coding = card.text_or_empty("coding");
    predictor.coefficient = card.at("coefficient").number();
    predictor.standard_error = read_standard_error(card);
    predictor.source = card.at("source").text();
    predictor.note = card.text_or_empty("note");
    predictor.other_readings = read_other_readings(card);
    const JsonReader cohort = card.at("cohort");
    predictor.events = read_moments(cohort.at("events"), predictor.kind, model.events);
    predictor.non_events = read_moments(cohort.at("non_events"), predictor.kind, model.non_events);
    predictor.cohort_source = cohort.at("source").text();
    predictor.published_range = read_range(card.at("published_range"));
    predictor.published_range_source = card.at("published_range").at("source").text();
    predictor.possible_range = read_range(card.at("possible_range"));
    return predictor;
}

void read_predictors(const JsonReader& list, RiskModel& model) {
    for (const JsonReader& item : list.items()) {
        model.predictors.push_back(read_predictor(item, model));
    }
    list.require(!model.predictors.empty(), "must not be empty");
    const auto binaries = std::count_if(
        model.predictors.begin(), model.predictors.end(), [](const Predictor& predictor) {
            return predictor.kind == PredictorKind::binary;
        });
    list.require(binaries <= kMaxBinaryPredictors,
                 "holds more than " + std::to_string(kMaxBinaryPredictors) + " binary predictors");
}

void read_intercept(const JsonReader& card, RiskModel& model) {
    model.intercept = card.at("value").number();
    const std::string kind = card.at("kind").text();
    card.at("kind").require(kind == "fitted" || kind == "derived", "must be fitted or derived");
    model.intercept_is_derived = kind == "derived";
    model.intercept_assumption = model.intercept_is_derived ? card.at("assumption").text() : "";
}

std::vector<double> read_covariance(const JsonReader& rows, std::size_t terms) {
    std::vector<double> covariance;
    const std::string complaint =
        "must have " + std::to_string(terms) + " entries (intercept first)";
    rows.require(rows.items().size() == terms, complaint);
    for (const JsonReader& row : rows.items()) {
        row.require(row.items().size() == terms, complaint);
        for (const JsonReader& entry : row.items()) {
            covariance.push_back(entry.number());
        }
    }
    return covariance;
}

void read_origin(const JsonReader& card, RiskModel& model) {
    read_card_origin(card, model);
    if (card.has("companion")) {
        model.companion = card.at("companion").at("name").text();
        model.companion_reason = card.at("companion").at("reason").text();
    }
    model.events = card.at("cohort").at("events").count();
    model.non_events = card.at("cohort").at("non_events").count();
    model.cohort_source = card.at("cohort").at("source").text();
    card.at("cohort").at("events").require(model.events > 0, "must be above 0");
    card.at("cohort").at("non_events").require(model.non_events > 0, "must be above 0");
}

}  // namespace

std::vector<std::string> built_in_models() {
    return built_in_names(built_in_model_files());
}

std::string_view built_in_model_card(std::string_view name) {
    return built_in_content(built_in_model_files(), name);
}

RiskModel parse_risk_model(std::string_view json) {
    const nlohmann::json document = parse_json(json);
    const JsonReader card(document, "");
    const std::string schema = card.at("schema").text();
    card.at("schema").require(schema != "paraspinal-points-score",
                              "is that of a score of points, which only `risk --model`, "
                              "`model show` and `model validate` take");
    card.at("schema").require(schema == "paraspinal-risk-model", "must be paraspinal-risk-model");
    card.at("schema_version").require(card.at("schema_version").count() == 1, "must be 1");
    RiskModel model;
    read_origin(card, model);
    read_predictors(card.at("predictors"), model);
    read_intercept(card.at("intercept"), model);
    if (card.has("covariance")) {
        model.covariance = read_covariance(card.at("covariance"), model.predictors.size() + 1);
    }
    return model;
}

RiskModel load_risk_model(const std::string& name_or_path) {
    return read_built_in_or_file(built_in_model_files(), name_or_path, parse_risk_model);
}

}  // namespace paraspinal
