// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/load_points_score.h"

#include "core/error.h"
#include "risk/model/built_in_files.h"
#include "risk/model/card_fields_internal.h"
#include "risk/model/json_reader_internal.h"
#include "risk/statistics/proportion.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kSchema = "paraspinal-points-score";
constexpr double kPerCent = 100;

// Steps must rise, so that each value has one place.
template <class Step>
void require_rising(const JsonReader& list, const std::vector<Step>& steps) {
    list.require(!steps.empty(), "must not be empty");
    const auto falls = std::ranges::adjacent_find(
        steps, [](const Step& one, const Step& next) { return !(one.from < next.from); });
    list.require(falls == steps.end(), "must rise by \"from\"");
}

PointsItem read_item(const JsonReader& card) {
    PointsItem item{.key = card.at("key").text(),
                    .label = card.at("label").text(),
                    .kind = read_predictor_kind(card.at("kind")),
                    .unit = card.text_or_empty("unit"),
                    .coding = card.text_or_empty("coding"),
                    .bands = {},
                    .possible_range = read_range(card.at("possible_range"))};
    card.at("key").require(is_card_key(item.key), "must be lower-case letters, digits and _");
    for (const JsonReader& band : card.at("points").items()) {
        item.bands.push_back(
            {.from = band.at("from").number(), .points = band.at("points").number()});
    }
    require_rising(card.at("points"), item.bands);
    card.at("points").require(item.bands.front().from <= item.possible_range.low,
                              "must begin at the smallest possible value");
    return item;
}

// Counted patients say how sure the risk is; a bare percentage does not.
PointsStratum read_stratum(const JsonReader& card) {
    PointsStratum stratum{.from = card.at("from").number(), .label = card.text_or_empty("label")};
    if (card.has("patients")) {
        const int patients = card.at("patients").count();
        const int events = card.at("events").count();
        card.at("patients").require(patients > 0, "must be above 0");
        card.at("events").require(events <= patients, "is more than the patients");
        const IntervalEstimate share = wilson_interval({.with = events, .all = patients});
        stratum.risk = share.value;
        stratum.low = share.low;
        stratum.high = share.high;
        return stratum;
    }
    stratum.risk = card.at("risk_pct").number() / kPerCent;
    card.at("risk_pct").require(stratum.risk >= 0 && stratum.risk <= 1, "must be 0 to 100");
    return stratum;
}

void read_origin(const JsonReader& card, PointsScore& score) {
    read_card_origin(card, score);
    card.at("source")
        .at("read_in_full")
        .require(card.at("source").at("read_in_full").yes_or_no(),
                 "must be true: points out of an abstract, or of another article about the score, "
                 "are not to be trusted");
}

double smallest_sum(const PointsScore& score) {
    double sum = 0;
    for (const PointsItem& item : score.items) {
        sum += std::ranges::min(item.bands, {}, &PointsBand::points).points;
    }
    return sum;
}

}  // namespace

bool is_points_score(const std::string& path) {
    const std::vector<std::string> built_in = built_in_names(built_in_model_files());
    if (std::ranges::find(built_in, path) != built_in.end()) {
        return false;
    }
    try {
        const nlohmann::json document = parse_json(whole_file(path));
        return document.is_object() && document.value("schema", nlohmann::json()) == kSchema;
    } catch (const Error&) {
        return false;
    }
}

PointsScore load_points_score(const std::string& path) {
    return within(path, [&path] { return parse_points_score(whole_file(path)); });
}

PointsScore parse_points_score(std::string_view json) {
    const nlohmann::json document = parse_json(json);
    const JsonReader card(document, "");
    card.at("schema").require(card.at("schema").text() == kSchema,
                              std::string("must be ") + kSchema);
    card.at("schema_version").require(card.at("schema_version").count() == 1, "must be 1");
    PointsScore score;
    read_origin(card, score);
    for (const JsonReader& field : card.at("items").items()) {
        PointsItem item = read_item(field);
        field.at("key").require(
            std::ranges::find(score.items, item.key, &PointsItem::key) == score.items.end(),
            "appears twice");
        score.items.push_back(std::move(item));
    }
    card.at("items").require(!score.items.empty(), "must not be empty");
    for (const JsonReader& field : card.at("risks").items()) {
        score.strata.push_back(read_stratum(field));
    }
    require_rising(card.at("risks"), score.strata);
    card.at("risks").require(score.strata.front().from <= smallest_sum(score),
                             "must begin at the smallest sum of points");
    return score;
}

}  // namespace paraspinal
