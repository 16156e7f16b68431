// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch/run_batch.h"

#include "core/error.h"
#include "core/text.h"
#include "io/digest.h"
#include "io/nifti/scan.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/batch/read_headers.h"
#include "pipeline/batch/serve_studies.h"
#include "pipeline/batch/utc_now.h"

#include <ctime>
#include <memory>
#include <mutex>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>
#include <utility>

namespace paraspinal {
namespace {

// As version 0.1.0 shared studies out, so that shards which it began have no study twice. Here it
// does no harm that anybody can find UIDs of one hash.
bool is_in(const Shard& shard, const std::string& study_uid, const std::filesystem::path& file) {
    constexpr int kHexadecimal = 16;
    const std::string name = has_nifti_name(file) ? old_nifti_study_uid(file) : study_uid;
    const std::uint64_t number = std::stoull(short_hash(name), nullptr, kHexadecimal);
    return number % shard.count == shard.index - 1;
}

bool is_current(const LedgerState& state, const std::string& inputs, const BatchOptions& options) {
    const bool is_unchanged =
        state.inputs == inputs && state.options == options.options_fingerprint;
    // Files that could not be read may have become readable, which changes neither size nor time.
    const bool may_have_passed = state.reason == error_name(ErrorCode::unreadable_file);
    const bool is_asked_again = may_have_passed || options.redo == Redo::all ||
                                (options.redo == Redo::failed && state.status == "failed");
    return is_unchanged && !is_asked_again;
}

// A study on its way through the pipeline.
struct Job {
    StudyRequest request;
    std::string started;
    LedgerEntry entry;
    bool is_lost = false;  // The run was stopped and its worker with it: measure it next time.
};
using JobPointer = std::shared_ptr<Job>;

// Workers that wait for a study. As many are taken at a time as there are threads.
class WorkerPool {
  public:
    explicit WorkerPool(const BatchOptions& options) : command_(options.worker) {}

    std::unique_ptr<WorkerProcess> take() {
        const std::scoped_lock guard(mutex_);
        if (idle_.empty()) {
            return std::make_unique<WorkerProcess>(command_);
        }
        std::unique_ptr<WorkerProcess> worker = std::move(idle_.back());
        idle_.pop_back();
        return worker;
    }
    void give_back(std::unique_ptr<WorkerProcess> worker) {
        const std::scoped_lock guard(mutex_);
        idle_.push_back(std::move(worker));
    }

  private:
    WorkerCommand command_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<WorkerProcess>> idle_;
};

std::string seconds_text(std::chrono::milliseconds time) {
    constexpr double kMillisecondsPerSecond = 1000;
    return shortest_text(static_cast<double>(time.count()) / kMillisecondsPerSecond) + " s";
}

StudyRecord lost_record(const StudyRequest& request,
                        const WorkerReply& reply,
                        const BatchOptions& options) {
    ErrorCode code = ErrorCode::crashed;
    std::string message = "its process was " + reply.text + "; please report";
    if (reply.end == WorkerReply::End::timeout) {
        code = ErrorCode::timeout;
        message = "not done after " + seconds_text(options.worker.timeout) +
                  "; give it more with --timeout";
    } else if (reply.end == WorkerReply::End::answered) {
        code = ErrorCode::internal;
        message = "its process answered '" + reply.text + "'; please report";
    } else if (reply.end == WorkerReply::End::out_of_memory) {
        code = ErrorCode::out_of_memory;
        message = "its process was killed from outside, as the system does when memory runs out";
    }
    // What took one process down must not take this one.
    const HeaderAnswer header = HeaderReader(options.header_worker).read(request.files.at(0));
    return unmeasured_record(request, options.levels, header.identity.patient_id, code, message);
}

// Measures one study and leaves its ledger entry in `job`.
void measure(Job& job, WorkerPool& pool, const BatchOptions& options, const BatchHooks& hooks) {
    const std::filesystem::path record_file = record_path(options.folder, job.request.study_uid);
    job.started = utc_now();
    const auto begin = std::chrono::steady_clock::now();
    std::unique_ptr<WorkerProcess> worker = pool.take();
    const WorkerReply reply = worker->ask(request_text(job.request));
    const std::optional<StudyAnswer> answer =
        reply.end == WorkerReply::End::answered ? parse_answer(reply.text) : std::nullopt;
    if (answer && !answer->is_done) {
        throw Error(ErrorCode::output_not_writable, answer->message);
    }
    if (!answer || answer->worker_leaves) {
        worker->dismiss();
    }
    pool.give_back(std::move(worker));
    if (!answer && hooks.should_stop()) {
        job.is_lost = true;
        return;
    }
    if (!answer) {
        std::filesystem::remove_all(record_file.parent_path());
        make_output_folder(record_file.parent_path());
        write_file(record_file, record_json(lost_record(job.request, reply, options)));
    }
    job.entry = ledger_entry(parse_record(read_file(record_file).value_or("")));
    job.entry.started = job.started;
    job.entry.wall_s =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    job.entry.processor_s = answer ? answer->processor_s : 0;
    job.entry.peak_memory_mb = answer ? answer->peak_memory_mb : 0;
}

}  // namespace

Shard parse_shard(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto index = parse_integer(text.substr(0, slash));
    const auto count =
        slash == std::string_view::npos ? std::nullopt : parse_integer(text.substr(slash + 1));
    if (!index || !count || *index < 1 || *index > *count) {
        throw Error(
            ErrorCode::usage,
            "--shard takes I/N with I from 1 to N, such as 1/4, not '" + std::string(text) + "'");
    }
    return {.index = static_cast<std::uint64_t>(*index),
            .count = static_cast<std::uint64_t>(*count)};
}

std::string inputs_fingerprint(const std::vector<LedgerFile>& files,
                               const KeyContradictions& contradictions) {
    std::string text = contradictions.patient_id;
    if (!contradictions.accession_number.empty()) {
        text += "\naccession number: " + contradictions.accession_number + "\n";
    }
    for (const LedgerFile& file : files) {
        text.append(file.path.string()).append(1, '\0');
        text += std::to_string(file.size_bytes) + " " + std::to_string(file.modified_ns) + "\n";
    }
    return sha256(text);
}

PendingStudies pending_studies(const Ledger& ledger, const BatchOptions& options) {
    const auto now_s = static_cast<double>(std::time(nullptr));
    PendingStudies pending{.contradictions = ledger.contradictions()};
    ledger.for_each_study([&](const std::string& study_uid, const std::vector<LedgerFile>& files) {
        if (!is_in(options.shard, study_uid, files.front().path)) {
            return;
        }
        ++pending.found;
        const std::optional<LedgerState> state = ledger.state(study_uid);
        if (state && is_current(*state,
                                inputs_fingerprint(
                                    files, contradictions_of(pending.contradictions, study_uid)),
                                options)) {
            return;
        }
        if (options.settle.count() > 0 &&
            ledger.last_change_s(study_uid) > now_s - static_cast<double>(options.settle.count())) {
            ++pending.unsettled;
            return;
        }
        pending.study_uids.push_back(study_uid);
    });
    return pending;
}

BatchProgress run_batch(Ledger& ledger,
                        const PendingStudies& pending,
                        const BatchOptions& options,
                        const BatchHooks& hooks) {
    namespace tbb = oneapi::tbb;
    const std::vector<std::string>& studies = pending.study_uids;
    BatchProgress progress{.total = static_cast<std::int64_t>(studies.size())};
    WorkerPool pool(options);
    std::mutex ledger_mutex;
    std::size_t next = 0;
    const auto begin_study = [&](tbb::flow_control& flow) -> JobPointer {
        if (next == studies.size() || hooks.should_stop()) {
            flow.stop();
            return nullptr;
        }
        auto job = std::make_shared<Job>();
        job->request.study_uid = studies[next++];
        const std::scoped_lock guard(ledger_mutex);
        const std::vector<LedgerFile> files = ledger.files_of(job->request.study_uid);
        ledger.begin_again(job->request.study_uid);
        job->request.contradictions = contradictions_of(pending.contradictions, studies[next - 1]);
        job->request.fingerprints = {
            .inputs = inputs_fingerprint(files, job->request.contradictions),
            .options = options.options_fingerprint};
        for (const LedgerFile& file : files) {
            job->request.files.push_back(file.path);
        }
        return job;
    };
    const auto measure_study = [&](JobPointer job) {
        measure(*job, pool, options, hooks);
        return job;
    };
    const auto keep_study = [&](const JobPointer& job) {
        if (job->is_lost) {
            return;
        }
        {
            const std::scoped_lock guard(ledger_mutex);
            ledger.store(job->entry, options.risk_fingerprint);
        }
        hooks.stored(job->entry);
        ++progress.done;
        progress.failed += job->entry.status == "failed" ? 1 : 0;
        hooks.progress(progress);
    };
    // Threads only wait for workers, so there may be more of them than processors.
    const auto jobs = static_cast<std::size_t>(options.jobs);
    const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, jobs + 1);
    tbb::task_arena arena(options.jobs);
    arena.execute([&] {
        tbb::parallel_pipeline(
            jobs + 1,
            tbb::make_filter<void, JobPointer>(tbb::filter_mode::serial_in_order, begin_study) &
                tbb::make_filter<JobPointer, JobPointer>(tbb::filter_mode::parallel,
                                                         measure_study) &
                tbb::make_filter<JobPointer, void>(tbb::filter_mode::serial_out_of_order,
                                                   keep_study));
    });
    return progress;
}

}  // namespace paraspinal
