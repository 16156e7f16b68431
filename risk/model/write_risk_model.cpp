// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0

#include "risk/model/write_risk_model.h"

#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>

namespace paraspinal {
namespace {

// Members in the order in which they are written.
using Json = nlohmann::ordered_json;

Json range_json(const ValueRange& range) {
    return {{"low", range.low}, {"high", range.high}};
}

Json moments_json(const GroupMoments& moments, PredictorKind kind, int patients) {
    if (kind == PredictorKind::binary) {
        return {{"count", static_cast<std::uint64_t>(std::llround(moments.mean * patients))}};
    }
    return {{"mean", moments.mean}, {"sd", moments.sd}};
}

Json predictor_json(const Predictor& predictor, const RiskModel& model) {
    const bool binary = predictor.kind == PredictorKind::binary;
    Json card{{"key", predictor.key},
              {"label", predictor.label},
              {"kind", binary ? "binary" : "continuous"},
              {"unit", predictor.unit},
              {"coding", predictor.coding},
              {"coefficient", predictor.coefficient},
              {"standard_error", predictor.standard_error},
              {"source", predictor.source},
              {"note", predictor.note}};
    for (const CoefficientReading& reading : predictor.other_readings) {
        card["other_readings"].push_back({{"name", reading.name},
                                          {"coefficient", reading.coefficient},
                                          {"standard_error", reading.standard_error},
                                          {"reason", reading.reason}});
    }
    card["cohort"] = {
        {"events", moments_json(predictor.events, predictor.kind, model.events)},
        {"non_events", moments_json(predictor.non_events, predictor.kind, model.non_events)},
        {"source", predictor.cohort_source}};
    card["published_range"] = range_json(predictor.published_range);
    card["published_range"]["source"] = predictor.published_range_source;
    card["possible_range"] = range_json(predictor.possible_range);
    return card;
}

Json covariance_json(const RiskModel& model) {
    const std::size_t terms = model.predictors.size() + 1;
    Json rows = Json::array();
    for (std::size_t row = 0; row < terms; ++row) {
        Json entries = Json::array();
        for (std::size_t col = 0; col < terms; ++col) {
            entries.push_back(model.covariance[row * terms + col]);
        }
        rows.push_back(entries);
    }
    return rows;
}

}  // namespace

std::string risk_model_json(const RiskModel& model) {
    Json card{
        {"schema", "paraspinal-risk-model"},
        {"schema_version", 1},
        {"name", model.name},
        {"version", model.version},
        {"title", model.title},
        {"outcome", model.outcome},
        {"source", {{"citation", model.citation}, {"doi", model.doi}, {"license", model.license}}},
        {"cohort",
         {{"events", model.events},
          {"non_events", model.non_events},
          {"source", model.cohort_source}}}};
    card["intercept"] = {{"value", model.intercept},
                         {"kind", model.intercept_is_derived ? "derived" : "fitted"}};
    if (model.intercept_is_derived) {
        card["intercept"]["assumption"] = model.intercept_assumption;
    }
    card["caveats"] = model.caveats;
    if (!model.external_validation.empty()) {
        card["external_validation"] = model.external_validation;
    }
    if (!model.companion.empty()) {
        card["companion"] = {{"name", model.companion}, {"reason", model.companion_reason}};
    }
    card["predictors"] = Json::array();
    for (const Predictor& predictor : model.predictors) {
        card["predictors"].push_back(predictor_json(predictor, model));
    }
    if (!model.covariance.empty()) {
        card["covariance"] = covariance_json(model);
    }
    return card.dump(2) + "\n";
}

}  // namespace paraspinal
