// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// Private to risk/: included by .cpp files only.
#pragma once

#include "risk/model/json_reader_internal.h"
#include "risk/model/risk_model.h"

#include <algorithm>
#include <string>

namespace paraspinal {

/// What the cards of models and of scores have in common.

inline bool is_card_key(const std::string& text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '_';
    });
}

inline ValueRange read_range(const JsonReader& card) {
    const ValueRange range{.low = card.at("low").number(), .high = card.at("high").number()};
    card.at("high").require(range.low <= range.high, "must not be below low");
    return range;
}

inline PredictorKind read_predictor_kind(const JsonReader& field) {
    const std::string kind = field.text();
    field.require(kind == "continuous" || kind == "binary", "must be continuous or binary");
    return kind == "binary" ? PredictorKind::binary : PredictorKind::continuous;
}

/// Reads what every card says of itself into `model`, a RiskModel or PointsScore: name, version,
/// title, outcome, source, caveats, what validation elsewhere says. Throws as JsonReader.
template <class Model>
void read_card_origin(const JsonReader& card, Model& model) {
    model.name = card.at("name").text();
    card.at("name").require(is_card_key(model.name), "must be lower-case letters, digits and _");
    model.version = card.at("version").text();
    model.title = card.at("title").text();
    model.outcome = card.at("outcome").text();
    model.citation = card.at("source").at("citation").text();
    model.doi = card.at("source").text_or_empty("doi");
    model.license = card.at("source").text_or_empty("license");
    for (const JsonReader& caveat : card.at("caveats").items()) {
        model.caveats.push_back(caveat.text());
    }
    model.external_validation = card.text_or_empty("external_validation");
}

}  // namespace paraspinal
