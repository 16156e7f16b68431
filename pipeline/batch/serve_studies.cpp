// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/serve_studies.h"

#include "core/error.h"
#include "io/file_scan.h"
#include "io/find_studies.h"
#include "io/output_file.h"
#include "pipeline/version.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <span>
#include <sys/resource.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace paraspinal {
namespace {

// Who it is, for a study that holds nothing to be measured.
StudyIdentity identity_of(const StudyRequest& request) {
    StudyIdentity identity{.patient = {}, .study_uid = request.study_uid, .study_date = {}};
    try {
        identity.patient.id = identify_dicom(request.files.at(0)).patient_id;
    } catch (const std::exception&) {
        return identity;  // NIfTI, or a file that has vanished since.
    }
    return identity;
}

StudyOutcome outcome_of(const StudyRequest& request, const StudyWork& work, Models& models) {
    try {
        const Study study = within("study " + request.study_uid,
                                   [&] { return read_study(request.study_uid, request.files); });
        StudyOutcome outcome = study_outcome(study, work.analyze, models);
        auto* const report = std::get_if<StudyReport>(&outcome);
        if (report != nullptr && work.estimator != nullptr) {
            add_risk(*report, *work.estimator, *work.clinical);
        }
        return outcome;
    } catch (const std::exception& error) {
        return study_failure(identity_of(request), error);
    }
}

// Files of an earlier result would pass for this one's.
void empty_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    if (error) {
        throw Error(ErrorCode::output_not_writable,
                    "cannot empty '" + folder.string() + "': " + error.message());
    }
    make_output_folder(folder);
}

// nullopt: the other side is gone.
std::optional<std::string> read_exactly(int descriptor, std::size_t bytes) {
    std::string text(bytes, '\0');
    std::size_t filled = 0;
    while (filled < bytes) {
        const std::span rest = std::span(text).subspan(filled);
        const ssize_t got = read(descriptor, rest.data(), rest.size());
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return std::nullopt;
        }
        filled += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    return text;
}

std::optional<StudyRequest> read_request(int descriptor) {
    std::size_t bytes = 0;
    while (true) {
        const std::optional<std::string> digit = read_exactly(descriptor, 1);
        if (!digit) {
            return std::nullopt;
        }
        if (*digit == "\n") {
            break;
        }
        constexpr std::size_t kBase = 10;
        bytes = kBase * bytes + static_cast<std::size_t>(digit->front() - '0');
    }
    const std::optional<std::string> fields = read_exactly(descriptor, bytes);
    return fields ? std::optional(parse_request(*fields)) : std::nullopt;
}

void answer(int descriptor, const std::string& line) {
    // A side that does not listen any more is noticed at the next read.
    static_cast<void>(send(descriptor, line.data(), line.size(), MSG_NOSIGNAL));
}

double processor_seconds(const rusage& usage) {
    constexpr double kMicrosecond = 1e-6;
    return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           kMicrosecond * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
}

rusage usage_now() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

StudyAnswer answer_of(const StudyRequest& request,
                      const std::function<StudyRecord(const StudyRequest&)>& measure) {
    constexpr double kKilobytesPerMegabyte = 1024;
    const double begin_s = processor_seconds(usage_now());
    try {
        const StudyRecord record = measure(request);
        const rusage usage = usage_now();
        // NOLINTNEXTLINE(*-union-access): a union of glibc's own.
        const auto peak_kilobytes = static_cast<double>(usage.ru_maxrss);
        return {.is_done = true,
                // After a failed allocation nobody knows what state the libraries are in.
                .worker_leaves = record.reason == error_name(ErrorCode::out_of_memory) ||
                                 record.reason == error_name(ErrorCode::internal),
                .processor_s = processor_seconds(usage) - begin_s,
                .peak_memory_mb = peak_kilobytes / kKilobytesPerMegabyte,
                .message = {}};
    } catch (const Error& error) {
        return {.worker_leaves = true, .message = error.what()};
    }
}

// A killed batch must not leave workers behind that go on writing.
void end_with_the_other_side(int descriptor) {
    std::thread([descriptor] {
        pollfd input{.fd = descriptor, .events = POLLRDHUP, .revents = 0};
        while (poll(&input, 1, -1) < 0 && errno == EINTR) {
        }
        _exit(0);
    }).detach();
}

}  // namespace

StudyRecord unmeasured_record(const StudyRequest& request,
                              ErrorCode code,
                              const std::string& message) {
    const StudyFailure failure{.study = identity_of(request),
                               .code = code,
                               .message = "study " + request.study_uid + ": " + message};
    return study_record(failure, request.fingerprints, std::string(software_version()));
}

StudyRecord measure_request(const StudyRequest& request, const StudyWork& work, Models& models) {
    const std::filesystem::path folder = record_path(work.folder, request.study_uid).parent_path();
    StudyOutcome outcome = outcome_of(request, work, models);
    empty_folder(folder);
    try {
        if (const auto* const report = std::get_if<StudyReport>(&outcome)) {
            write_study_outputs(work.folder, *report, work.outputs);
        }
    } catch (const std::exception& error) {
        const StudyFailure failure = study_failure(identity_of(request), error);
        if (failure.code == ErrorCode::output_not_writable) {
            throw;
        }
        empty_folder(folder);
        outcome = failure;
    }
    StudyRecord record =
        study_record(outcome, request.fingerprints, std::string(software_version()));
    write_file(folder / "record.json", record_json(record));
    return record;
}

void serve_studies(int descriptor, const std::function<StudyRecord(const StudyRequest&)>& measure) {
    // The batch decides when to stop; a cluster sends these signals to all processes of a job.
    static_cast<void>(std::signal(SIGINT, SIG_IGN));
    static_cast<void>(std::signal(SIGTERM, SIG_IGN));
    end_with_the_other_side(descriptor);
    answer(descriptor, "ready\n");
    while (const std::optional<StudyRequest> request = read_request(descriptor)) {
        const StudyAnswer result = answer_of(*request, measure);
        answer(descriptor, answer_text(result));
        if (result.worker_leaves) {
            return;
        }
    }
}

}  // namespace paraspinal
