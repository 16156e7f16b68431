// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/read_headers.h"

#include "core/error.h"
#include "pipeline/batch/serve_requests.h"
#include "pipeline/batch/wire_json_internal.h"

#include <exception>
#include <optional>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

using Json = nlohmann::json;

HeaderAnswer skipped(ErrorCode code, std::string reason) {
    return {.identity = {},
            .skip_code = std::string(error_name(code)),
            .skip_reason = std::move(reason)};
}

std::string answer_text(const HeaderAnswer& answer) {
    if (!answer.skip_code.empty()) {
        return Json{{"skip_code", answer.skip_code}, {"skip_reason", wire_text(answer.skip_reason)}}
            .dump();
    }
    return Json{{"study_uid", wire_text(answer.identity.study_uid)},
                {"patient_id", wire_text(answer.identity.patient_id)},
                {"person", wire_text(answer.identity.person)},
                {"accession_number", wire_text(answer.identity.accession_number)}}
        .dump();
}

HeaderAnswer parse_answer(std::string_view line) {
    return read_wire_line(
               line,
               [](const Json& json) -> HeaderAnswer {
                   if (json.contains("skip_code")) {
                       return {.identity = {},
                               .skip_code = json.at("skip_code"),
                               .skip_reason = bytes_of(json.at("skip_reason"))};
                   }
                   return {.identity = {.study_uid = bytes_of(json.at("study_uid")),
                                        .patient_id = bytes_of(json.at("patient_id")),
                                        .person = bytes_of(json.at("person")),
                                        .accession_number = bytes_of(json.at("accession_number"))},
                           .skip_code = {},
                           .skip_reason = {}};
               })
        .value_or(skipped(ErrorCode::internal, "the answer of the header reader makes no sense"));
}

HeaderAnswer lost(const WorkerReply& reply) {
    switch (reply.end) {
        case WorkerReply::End::timeout:
            return skipped(ErrorCode::timeout, "its header was not read in time");
        case WorkerReply::End::out_of_memory:
            return skipped(ErrorCode::out_of_memory, "reading its header took too much memory");
        case WorkerReply::End::answered:
        case WorkerReply::End::crashed: break;
    }
    return skipped(ErrorCode::crashed,
                   "the process that read its header was " + reply.text + "; please report");
}

}  // namespace

HeaderAnswer read_header(const std::filesystem::path& file) {
    try {
        return {.identity = identify_dicom(file), .skip_code = {}, .skip_reason = {}};
    } catch (const Error& error) {
        return skipped(error.code(), error.message());
    } catch (const std::bad_alloc&) {
        return skipped(ErrorCode::out_of_memory, "reading its header took too much memory");
    } catch (const std::exception& error) {
        return skipped(ErrorCode::malformed_file, error.what());
    }
}

HeaderReader::HeaderReader(WorkerCommand command) : process_(std::move(command)) {}

HeaderAnswer HeaderReader::read(const std::filesystem::path& file) {
    const WorkerReply reply = process_.ask(Json{{"file", wire_text(file.native())}}.dump());
    return reply.end == WorkerReply::End::answered ? parse_answer(reply.text) : lost(reply);
}

void serve_headers(int descriptor) {
    serve_requests(descriptor, [](std::string_view line) -> std::optional<WorkerAnswer> {
        const auto file =
            read_wire_line(line, [](const Json& json) { return bytes_of(json.at("file")); });
        return file ? std::optional(WorkerAnswer{.line = answer_text(read_header(*file))})
                    : std::nullopt;
    });
}

}  // namespace paraspinal
