// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/study_request.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/batch/serve_requests.h"

namespace paraspinal {
namespace {

constexpr int kDecimals = 3;

}  // namespace

std::string request_text(const StudyRequest& request) {
    std::string fields;
    const auto add = [&fields](const std::string& field) { fields.append(field).append(1, '\0'); };
    add(request.study_uid);
    add(request.fingerprints.inputs);
    add(request.fingerprints.options);
    for (const std::filesystem::path& file : request.files) {
        add(file.string());
    }
    return framed_request(fields);
}

StudyRequest parse_request(std::string_view fields) {
    constexpr std::size_t kFieldsBeforeFiles = 3;
    const std::vector<std::string> parts = split(fields, '\0');
    if (parts.size() < kFieldsBeforeFiles) {
        throw Error(ErrorCode::internal, "a request for a study is cut short");
    }
    StudyRequest request{.study_uid = parts[0],
                         .fingerprints = {.inputs = parts[1], .options = parts[2]},
                         .files = {}};
    request.files.assign(parts.begin() + kFieldsBeforeFiles, parts.end());
    return request;
}

std::string answer_text(const StudyAnswer& answer) {
    if (!answer.is_done) {
        return "stop " + answer.message;
    }
    return "done " + fixed_text(answer.processor_s, kDecimals) + " " +
           fixed_text(answer.peak_memory_mb, kDecimals) +
           (answer.worker_leaves ? " leaves" : " stays");
}

std::optional<StudyAnswer> parse_answer(std::string_view line) {
    constexpr std::string_view kStop = "stop ";
    line = trimmed(line);
    if (line.starts_with(kStop)) {
        return StudyAnswer{.message = std::string(line.substr(kStop.size()))};
    }
    const std::vector<std::string> words = split(line, ' ');
    if (words.size() != 4 || words[0] != "done") {
        return std::nullopt;
    }
    const auto processor_s = parse_number(words[1]);
    const auto peak_memory_mb = parse_number(words[2]);
    if (!processor_s || !peak_memory_mb || (words[3] != "stays" && words[3] != "leaves")) {
        return std::nullopt;
    }
    return StudyAnswer{.is_done = true,
                       .worker_leaves = words[3] == "leaves",
                       .processor_s = *processor_s,
                       .peak_memory_mb = *peak_memory_mb,
                       .message = {}};
}

}  // namespace paraspinal
