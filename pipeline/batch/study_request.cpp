// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/study_request.h"

#include "pipeline/batch/wire_json_internal.h"

namespace paraspinal {
namespace {

using Json = nlohmann::json;

Json drawing_json(const Drawing& drawing) {
    return {{"file", wire_text(drawing.file.native())},
            {"roi_names", wire_text(drawing.roi_names.native())},
            {"reader", drawing.reader},
            {"time", drawing.time},
            {"sha256", drawing.sha256}};
}

Drawing drawing_of(const Json& json) {
    return {.file = bytes_of(json.at("file")),
            .roi_names = bytes_of(json.at("roi_names")),
            .reader = json.at("reader"),
            .time = json.at("time"),
            .sha256 = json.at("sha256")};
}

}  // namespace

std::string request_text(const StudyRequest& request) {
    Json files = Json::array();
    for (const std::filesystem::path& file : request.files) {
        files.push_back(wire_text(file.native()));
    }
    Json json{{"study_uid", wire_text(request.study_uid)},
              {"inputs", request.fingerprints.inputs},
              {"options", request.fingerprints.options},
              {"files", std::move(files)},
              {"id_contradiction", request.contradictions.patient_id},
              {"accession_contradiction", request.contradictions.accession_number}};
    if (request.drawing) {
        json["drawing"] = drawing_json(*request.drawing);
    }
    return json.dump();
}

std::optional<StudyRequest> parse_request(std::string_view line) {
    return read_wire_line(line, [](const Json& json) {
        StudyRequest request{
            .study_uid = bytes_of(json.at("study_uid")),
            .fingerprints = {.inputs = json.at("inputs"), .options = json.at("options")},
            .files = {},
            .contradictions = {.patient_id = json.at("id_contradiction"),
                               .accession_number = json.at("accession_contradiction")}};
        for (const Json& file : json.at("files")) {
            request.files.emplace_back(bytes_of(file));
        }
        if (json.contains("drawing")) {
            request.drawing = drawing_of(json.at("drawing"));
        }
        return request;
    });
}

std::string answer_text(const StudyAnswer& answer) {
    return Json{{"is_done", answer.is_done},
                {"worker_leaves", answer.worker_leaves},
                {"processor_s", answer.processor_s},
                {"peak_memory_mb", answer.peak_memory_mb},
                {"code", answer.code},
                {"message", wire_text(answer.message)}}
        .dump();
}

std::optional<StudyAnswer> parse_answer(std::string_view line) {
    return read_wire_line(line, [](const Json& json) {
        return StudyAnswer{.is_done = json.at("is_done"),
                           .worker_leaves = json.at("worker_leaves"),
                           .processor_s = json.at("processor_s"),
                           .peak_memory_mb = json.at("peak_memory_mb"),
                           .code = json.value("code", ""),
                           .message = bytes_of(json.at("message"))};
    });
}

}  // namespace paraspinal
