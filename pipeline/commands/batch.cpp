// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/file_lock.h"
#include "io/output_file.h"
#include "pipeline/batch/export/batch_tables.h"
#include "pipeline/batch/open_ledger.h"
#include "pipeline/batch/progress_text.h"
#include "pipeline/batch/read_headers.h"
#include "pipeline/batch/readings/take_drawing.h"
#include "pipeline/batch/renew_risks.h"
#include "pipeline/batch/run_batch.h"
#include "pipeline/batch/serve_studies.h"
#include "pipeline/batch/walk_inputs.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/damaged_readings.h"
#include "pipeline/commands/flags/batch_flags.h"
#include "pipeline/commands/renew_readings.h"
#include "pipeline/commands/stop_signal.h"
#include "pipeline/commands/talk.h"
#include "pipeline/norms/write_norms.h"
#include "pipeline/page/study_page.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/version.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <memory>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <optional>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Studies that are done and unchanged are skipped, so the same command goes on\n"
    "where a run was stopped. DIR gets measurements.csv, muscles.csv, ledger.sqlite\n"
    "and a folder a study. Exit code 8: some studies failed; 130: stopped by Ctrl-C.\n"
    "Operator's page: docs/batch.md.";

// Thrown to leave a walk when Ctrl-C was pressed.
struct Stopped {};

RiskSource source_of(std::optional<RiskSetup>& risk) {
    return risk ? RiskSource{.estimator = &risk->estimator, .clinical = &risk->clinical}
                : RiskSource{};
}

// Of studies that need not be measured again for it.
void estimate_again(Ledger& ledger,
                    const BatchOptions& options,
                    const RiskSource& risk,
                    Talk& talk) {
    const RenewedRisks renewed = renew_risks(ledger, options, risk, is_stopped);
    if (renewed.estimated > 0) {
        talk.say("risk of " + std::to_string(renewed.estimated) +
                 " studies estimated again from what was measured, " +
                 std::to_string(renewed.changed) + " changed");
    }
}

PendingStudies find_pending(Ledger& ledger,
                            const BatchFlags& flags,
                            const BatchOptions& options,
                            const RiskSource& risk,
                            Talk& talk) {
    HeaderReader headers(options.header_worker);
    const auto read = [&headers](const std::filesystem::path& file) { return headers.read(file); };
    const auto progress = [&talk](const WalkCount& count) {
        talk.show("looking through files: " + std::to_string(count.files));
        if (is_stopped()) {
            throw Stopped();
        }
    };
    const WalkCount walked = walk_inputs(ledger, flags.roots, flags.folder, read, progress);
    estimate_again(ledger, options, risk, talk);
    PendingStudies pending = pending_studies(ledger, options);
    const auto to_do = static_cast<std::int64_t>(pending.study_uids.size());
    talk.say(std::to_string(pending.found) + " studies in " + std::to_string(walked.files) +
             " files: " + std::to_string(to_do) + " to measure, " +
             std::to_string(pending.found - to_do - pending.unsettled) + " done before" +
             (pending.unsettled > 0 ? ", " + std::to_string(pending.unsettled) + " still arriving"
                                    : ""));
    return pending;
}

SkippedEntries take(const Ledger& ledger,
                    const BatchFlags& flags,
                    const BatchOptions& options,
                    Talk& talk) {
    const TakenOutlines outlines = take_outlines(ledger, flags.outlines, options, is_stopped);
    if (!flags.outlines.folder.empty()) {
        talk.say(std::to_string(outlines.taken) + " outlines of " + flags.outlines.reader +
                 " taken, " + std::to_string(outlines.known) + " known before, " +
                 std::to_string(outlines.not_taken.size()) + " not taken");
    }
    for (const Ledger::SkippedEntry& file : outlines.not_taken) {
        talk.say("not taken: " + file.path + ": " + file.reason + " [" + file.code + "]");
    }
    return outlines.not_taken;
}

// Number of outlines that were not taken.
std::size_t measure_pending(Ledger& ledger,
                            const PendingStudies& pending,
                            const BatchFlags& flags,
                            const BatchOptions& options,
                            const RiskSource& risk,
                            Talk& talk) {
    talk.begin_studies();
    const BatchProgress progress =
        run_batch(ledger,
                  pending,
                  options,
                  {.progress = [&talk](const BatchProgress& now) { talk.show(now); },
                   .should_stop = is_stopped});
    talk.say(std::to_string(progress.done) + " studies measured or failed in this run");
    const SkippedEntries not_taken = take(ledger, flags, options, talk);
    const OutputOptions outputs = output_options(flags.study.output);
    renew_readings(flags.folder, ledger, {.risk = risk, .pseudonyms = outputs.pseudonyms}, talk);
    for (const std::filesystem::path& file : write_batch_tables(ledger,
                                                                options.folder,
                                                                {{options.folder}, flags.reading},
                                                                pending.contradictions,
                                                                not_taken)) {
        talk.say("wrote " + file.string());
    }
    for (const std::filesystem::path& file :
         write_norms(options.folder, load_norms(flags.norms), outputs.png)) {
        talk.say("wrote " + file.string());
    }
    if (outputs.html) {
        talk.say("wrote " + write_study_page(options.folder, outputs.software_version).string());
    }
    return not_taken.size();
}

// Looks again and again until Ctrl-C.
void watch(Ledger& ledger,
           const BatchFlags& flags,
           BatchOptions options,
           const RiskSource& risk,
           Talk& talk) {
    Talk silent(true);
    while (!is_stopped()) {
        const PendingStudies pending = find_pending(ledger, flags, options, risk, silent);
        if (!pending.study_uids.empty()) {
            talk.say("studies that have arrived: " + std::to_string(pending.study_uids.size()));
            measure_pending(ledger, pending, flags, options, risk, talk);
        }
        options.redo = Redo::none;  // Once is enough.
        for (int second = 0; second < flags.watch_s && !is_stopped(); ++second) {
            std::this_thread::sleep_for(std::chrono::seconds(1));
        }
    }
}

// Number of outlines that were not taken.
std::size_t run_once(Ledger& ledger,
                     const BatchFlags& flags,
                     const BatchOptions& options,
                     const RiskSource& risk,
                     Talk& talk) {
    const PendingStudies pending = find_pending(ledger, flags, options, risk, talk);
    if (pending.found == 0 && options.shard.count == 1 && ledger.count_unread() == 0) {
        // The risks of studies whose images are gone may have been renewed.
        if (!ledger.count_by_reason().empty()) {
            measure_pending(ledger, pending, flags, options, risk, talk);
        }
        throw Error(ErrorCode::no_images_found,
                    "there is no study below the given paths; name a folder of MR images");
    }
    return measure_pending(ledger, pending, flags, options, risk, talk);
}

int run_batch_command(const BatchFlags& flags) {
    check_batch_flags(flags);
    const BatchOptions options = batch_options(flags);
    // After the fingerprints: a table that is changed in between is taken for changed next time.
    std::optional<RiskSetup> setup = risk_setup(flags.study.risk);
    const RiskSource risk = source_of(setup);
    make_output_folder(flags.folder);
    const FileLock lock(flags.folder);
    remove_unfinished_files(flags.folder);
    Talk talk(flags.quiet);
    const OpenedLedger opened = open_ledger(flags.folder);
    if (!opened.warning.empty()) {
        std::cerr << "paraspinal: " << opened.warning << '\n';
    }
    note_stop_signals();
    std::size_t not_taken = 0;
    try {
        if (flags.watch_s > 0) {
            watch(*opened.ledger, flags, options, risk, talk);
        } else {
            not_taken = run_once(*opened.ledger, flags, options, risk, talk);
        }
    } catch (const Stopped&) {
        talk.say("stopped while looking through the files");
    }
    talk.say(outcome_text(*opened.ledger));
    if (is_stopped() && flags.watch_s == 0) {
        talk.say("stopped by a signal; the same command goes on from here");
        return exit_code_of_stop();
    }
    const auto counts = opened.ledger->count_by_reason();
    const bool some_failed =
        std::ranges::any_of(counts, [](const auto& count) { return !count.reason.empty(); });
    const std::int64_t left_out = count_left_out(*opened.ledger);
    if (left_out > 0) {
        talk.say(std::to_string(left_out) + " images cannot be read; skipped_files.csv says why");
    }
    // In a shard, outlines of the studies of others are none of these.
    const bool some_not_taken = not_taken > 0 && options.shard.count == 1;
    const bool is_whole = !some_failed && !some_not_taken && left_out == 0;
    const int code = tell_damaged_readings({flags.folder});
    return is_whole && opened.ledger->count_unread() == 0 ? code : kExitSomeFailed;
}

// What a worker process is told.
struct WorkerFlags {
    std::filesystem::path folder;
    std::string study_options;  // By flags_json.
};

int run_worker(const WorkerFlags& flags) {
    // OpenCV runs on TBB and asks for all processors, whatever its own variable says.
    const oneapi::tbb::global_control one_thread(
        oneapi::tbb::global_control::max_allowed_parallelism, 1);
    StudyFlags study;
    read_flags_json(flags.study_options, study_flags(study));
    std::optional<RiskSetup> risk = risk_setup(study.risk);
    const StudyWork work{.folder = flags.folder,
                         .analyze = analyze_options(study),
                         .outputs = output_options(study.output),
                         .estimator = risk ? &risk->estimator : nullptr,
                         .clinical = risk ? &risk->clinical : nullptr};
    Models models;
    serve_studies(STDIN_FILENO, [&](const StudyRequest& request) {
        return request.drawing ? take_drawing(request, work, models)
                               : measure_request(request, work, models);
    });
    return 0;
}

void add_workers(CLI::App& app, Run& run) {
    app.add_subcommand("header-worker", "")->group("")->final_callback([&run] {
        run = [] {
            serve_headers(STDIN_FILENO);
            return 0;
        };
    });
    const auto flags = std::make_shared<WorkerFlags>();
    CLI::App* const command = app.add_subcommand("batch-worker", "")->group("");
    command->add_option("--output", flags->folder)->required();
    command->add_option("--options", flags->study_options)->required();
    command->final_callback([flags, &run] { run = [flags] { return run_worker(*flags); }; });
}

}  // namespace

void add_batch(CLI::App& app, Run& run) {
    const auto flags = std::make_shared<BatchFlags>();
    CLI::App* const command =
        app.add_subcommand("batch", "Measure any number of studies, resumable");
    add_batch_flags(*command, *flags);
    command->footer(kFooter);
    command->final_callback([flags, &run] { run = [flags] { return run_batch_command(*flags); }; });
    add_workers(app, run);
}

}  // namespace paraspinal
