// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/read_headers.h"

#include "core/error.h"
#include "pipeline/batch/serve_requests.h"

#include <exception>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

// On the wire: "study UID", NUL, "patient ID", or a NUL, "code", NUL, "reason".
constexpr char kSeparator = '\0';

HeaderAnswer skipped(ErrorCode code, std::string reason) {
    return {.identity = {},
            .skip_code = std::string(error_name(code)),
            .skip_reason = std::move(reason)};
}

std::string wire_text(const HeaderAnswer& answer) {
    if (answer.skip_code.empty()) {
        return answer.identity.study_uid + kSeparator + answer.identity.patient_id;
    }
    return kSeparator + answer.skip_code + kSeparator + answer.skip_reason;
}

HeaderAnswer parse_wire_text(std::string_view line) {
    const std::size_t first = line.find(kSeparator);
    if (first == std::string_view::npos) {
        return skipped(ErrorCode::internal, "the answer of the header reader makes no sense");
    }
    const std::string_view rest = line.substr(first + 1);
    if (first > 0) {
        return {.identity = {.study_uid = std::string(line.substr(0, first)),
                             .patient_id = std::string(rest)},
                .skip_code = {},
                .skip_reason = {}};
    }
    const std::size_t second = rest.find(kSeparator);
    return {.identity = {},
            .skip_code = std::string(rest.substr(0, second)),
            .skip_reason = second == std::string_view::npos ? std::string()
                                                            : std::string(rest.substr(second + 1))};
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
    const WorkerReply reply = process_.ask(framed_request(file.native()));
    return reply.end == WorkerReply::End::answered ? parse_wire_text(reply.text) : lost(reply);
}

void serve_headers(int descriptor) {
    serve_requests(descriptor, [](std::string_view file) -> WorkerAnswer {
        return {.line = wire_text(read_header(file))};
    });
}

}  // namespace paraspinal
