// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/serve_studies.h"

#include "core/error.h"
#include "core/patient_groups.h"
#include "io/find_studies.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/read_headers.h"
#include "pipeline/batch/sent_objects.h"
#include "pipeline/batch/serve_requests.h"
#include "pipeline/report/notice.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/study/version.h"

#include <algorithm>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <vector>

namespace paraspinal {
namespace {

// Who it is, for a study that holds nothing to be measured.
StudyIdentity identity_of(const StudyRequest& request) {
    // Empty for NIfTI and for a file that has vanished since.
    const StudyKey key = parse_study_key(request.study_uid);
    return {.patient = {.id = read_header(request.files.at(0)).identity.patient_id},
            .study_uid = key.study_uid,
            .study_date = {},
            .patient_group = key.group,
            .file = request.files.at(0)};
}

// Leaves in `study` what could be read of it.
StudyResult result_of(const StudyRequest& request,
                      const StudyWork& work,
                      Models& models,
                      Study& study) {
    try {
        study = within("study " + parse_study_key(request.study_uid).study_uid,
                       [&] { return read_study(request.study_uid, request.files); });
        study.contradictions = request.contradictions;
        StudyResult result = study_result(study, work.analyze, models);
        auto* const report = std::get_if<StudyReport>(&result.outcome);
        if (report != nullptr && work.estimator != nullptr) {
            add_risk(*report, *work.estimator, *work.clinical);
        }
        return result;
    } catch (const std::exception& error) {
        return {.outcome = study_failure(identity_of(request), error),
                .further = without_slices(work.analyze.levels)};
    }
}

// The UID behind the name of a folder is in its record.
void require_own(const std::filesystem::path& folder, const std::string& study_uid) {
    const std::optional<std::string> json = read_file(folder / "record.json");
    std::string owner = study_uid;
    try {
        owner = json ? parse_record(*json).study_uid : study_uid;
    } catch (const Error&) {
        return;  // Damaged: nobody's.
    }
    if (owner != study_uid) {
        throw Error(ErrorCode::output_not_writable,
                    "'" + folder.string() +
                        "' holds the result of another study; choose another output folder");
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

// After a failed allocation nobody knows what state the libraries are in.
bool has_broken_libraries(const StudyRecord& record) {
    const auto is_broken = [](const std::string& reason) {
        return reason == error_name(ErrorCode::out_of_memory) ||
               reason == error_name(ErrorCode::internal);
    };
    return is_broken(record.reason) ||
           std::ranges::any_of(record.levels, [&is_broken](const LevelLine& line) {
               return line.own && is_broken(line.own->get("reason"));
           });
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
                .worker_leaves = has_broken_libraries(record),
                .processor_s = processor_seconds(usage) - begin_s,
                .peak_memory_mb = peak_kilobytes / kKilobytesPerMegabyte,
                .code = {},
                .message = {}};
    } catch (const Error& error) {
        return {.worker_leaves = true,
                .code = std::string(error_name(error.code())),
                .message = error.what()};
    }
}

}  // namespace

StudyRecord unmeasured_record(const StudyRequest& request,
                              const std::vector<std::string>& levels,
                              const std::string& patient_id,
                              ErrorCode code,
                              const std::string& message) {
    const StudyKey key = parse_study_key(request.study_uid);
    const StudyFailure failure{
        .study = {.patient = {.id = patient_id},
                  .study_uid = key.study_uid,
                  .study_date = {},
                  .patient_group = key.group,
                  .file = request.files.at(0)},
        .code = code,
        .message = study_place(key.study_uid, request.files.at(0)) + ": " + message};
    return study_record(
        failure, without_slices(levels), request.fingerprints, std::string(software_version()));
}

StudyRecord measure_request(const StudyRequest& request, const StudyWork& work, Models& models) {
    const std::filesystem::path folder = record_path(work.folder, request.study_uid).parent_path();
    Study study;
    StudyResult result = result_of(request, work, models, study);
    OutputOptions outputs = work.outputs;
    outputs.earlier = sent_objects(work.folder, folder.filename().string());
    require_own(folder, request.study_uid);
    empty_folder(folder);
    try {
        if (auto* const report = std::get_if<StudyReport>(&result.outcome)) {
            write_study_outputs(work.folder, *report, outputs);
        }
        write_further_outputs(work.folder, identity_of(result.outcome), result.further, outputs);
    } catch (const std::exception& error) {
        const StudyFailure failure = study_failure(identity_of(request), error);
        if (failure.code == ErrorCode::output_not_writable) {
            throw;
        }
        empty_folder(folder);
        result = {.outcome = failure, .further = without_slices(work.analyze.levels)};
    }
    StudyRecord record = study_record(
        result.outcome, result.further, request.fingerprints, std::string(software_version()));
    if (const auto* const failure = std::get_if<StudyFailure>(&result.outcome)) {
        write_notice(work.folder, *failure, study, outputs);
    }
    for (const SkippedFile& file : study.left_out) {
        record.left_out.push_back({.path = file.file.string(),
                                   .code = std::string(error_name(file.code)),
                                   .reason = file.reason});
    }
    write_file(folder / "record.json", record_json(record));
    return record;
}

void serve_studies(int descriptor, const std::function<StudyRecord(const StudyRequest&)>& measure) {
    serve_requests(descriptor, [&measure](std::string_view line) -> std::optional<WorkerAnswer> {
        const std::optional<StudyRequest> request = parse_request(line);
        if (!request) {
            return std::nullopt;
        }
        const StudyAnswer answer = answer_of(*request, measure);
        return WorkerAnswer{.line = answer_text(answer), .leaves = answer.worker_leaves};
    });
}

}  // namespace paraspinal
