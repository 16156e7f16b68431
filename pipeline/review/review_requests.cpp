// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/review/review_requests.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/batch/export/cells_json_internal.h"
#include "pipeline/batch/utc_now.h"
#include "pipeline/review/run_lengths.h"

#include <cstdint>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

Json parsed(std::string_view body) {
    const Json json =
        is_json_too_deep(body) ? Json() : Json::parse(body.begin(), body.end(), nullptr, false);
    if (!json.is_object()) {
        throw Error(ErrorCode::usage, "this is no request of the page");
    }
    return json;
}

template <class Read>
auto as_request(const Read& read) {
    try {
        return read();
    } catch (const Json::exception&) {
        throw Error(ErrorCode::usage, "this is no request of the page");
    }
}

Decision decision_of(const std::string& name) {
    for (const Decision decision :
         {Decision::accepted, Decision::corrected, Decision::rejected, Decision::withdrawn}) {
        if (decision_name(decision) == name) {
            return decision;
        }
    }
    throw Error(ErrorCode::usage, "there is no such decision");
}

LabelMap labels_of(const Json& json, ImageSize size) {
    return labels_from_runs(json.at("labels").get<std::vector<std::int64_t>>(), size);
}

}  // namespace

DecisionRequest parse_decision(std::string_view body, ImageSize size) {
    const Json json = parsed(body);
    return as_request([&] {
        DecisionRequest request{.decision = decision_of(json.at("decision").get<std::string>()),
                                .reason = json.value("reason", ""),
                                .note = json.value("note", ""),
                                .seen = parse_cells(json.value("seen", Json::object()))};
        if (request.decision == Decision::corrected) {
            request.labels = labels_of(json, size);
        }
        return request;
    });
}

DraftRequest parse_draft(std::string_view body, ImageSize size, const SliceChoice& choice) {
    const Json json = parsed(body);
    return as_request([&] {
        DraftRequest draft{.decisions = json.at("decisions").get<std::size_t>(), .text = {}};
        if (json.contains("labels")) {
            labels_of(json, size);  // Throws where they are none.
            draft.text = Json{
                {"labels", json["labels"]},
                {"choice", {{"slice", choice.slice_uid}, {"offset", choice.level_offset}}},
                {"image", json.at("image").get<std::string>()},
                {"time",
                 utc_now()}}.dump(-1, ' ', false, Json::error_handler_t::replace);
        }
        return draft;
    });
}

LabelMap parse_labels(std::string_view body, ImageSize size) {
    const Json json = parsed(body);
    return as_request([&] { return labels_of(json, size); });
}

bool has_labels(std::string_view body) {
    return parsed(body).contains("labels");
}

}  // namespace paraspinal
