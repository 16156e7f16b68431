// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/batch_flags.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/batch/options_fingerprint.h"
#include "pipeline/batch/renew_risks.h"
#include "pipeline/norms/write_norms.h"
#include "pipeline/study/outlines/roi_names.h"
#include "pipeline/study/version.h"
#include "risk/model/load_risk_model.h"

#include <chrono>
#include <cstdint>
#include <oneapi/tbb/info.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

WorkerCommand worker_command(const BatchFlags& flags, const std::string& study_options) {
    constexpr std::uint64_t kBytesPerMegabyte = 1 << 20;
    return {.program = std::filesystem::read_symlink("/proc/self/exe"),
            .arguments = {"batch-worker",
                          "--output=" + flags.folder.string(),
                          "--options=" + study_options},
            .memory_bytes = static_cast<std::uint64_t>(flags.memory_mb) * kBytesPerMegabyte,
            .timeout = std::chrono::seconds(flags.timeout_s)};
}

WorkerCommand header_worker_command() {
    // A header of a few kilobytes takes no time; what takes a minute, or more memory, hangs.
    constexpr std::chrono::seconds kTimeout{60};
    constexpr std::uint64_t kMemoryBytes = std::uint64_t{1} << 30;
    return {.program = std::filesystem::read_symlink("/proc/self/exe"),
            .arguments = {"header-worker"},
            .memory_bytes = kMemoryBytes,
            .timeout = kTimeout};
}

// More processes than any machine has processors for.
constexpr int kMostJobs = 1024;

// A worker with its networks needs 200 to 300 MB for the sample study; one with too little for
// itself could not even say so.
constexpr int kLeastMemoryMb = 300;

CLI::Validator memory_limit() {
    return {[](const std::string& text) {
                const std::optional<double> megabytes = parse_number(text);
                return megabytes && (*megabytes == 0 || *megabytes >= kLeastMemoryMb)
                           ? std::string()
                           : "must be 0, for no limit, or at least " +
                                 std::to_string(kLeastMemoryMb);
            },
            ""};
}

// Known before the work.
void check_outlines_folder(const OutlinesFolder& outlines) {
    if (outlines.folder.empty()) {
        if (outlines.reader != OutlinesFolder().reader || !outlines.roi_names.empty()) {
            throw Error(ErrorCode::usage,
                        "--outlines-reader and --roi-names are about the files of --outlines-dir; "
                        "name their folder");
        }
        return;
    }
    if (!std::filesystem::is_directory(outlines.folder)) {
        throw Error(ErrorCode::input_not_found,
                    "no such folder: '" + outlines.folder.string() + "'");
    }
    if (!is_reader_name(outlines.reader)) {
        throw Error(ErrorCode::usage, std::string("--outlines-reader takes ") + kReaderNameRules);
    }
    if (!outlines.roi_names.empty()) {
        read_roi_names(outlines.roi_names);
    }
}

// Whether files of a study that cannot be renewed without its images say the risk (the SR, and the
// names of the DICOM objects, which are made of all that was found), or the tables lack something
// that it rests on.
bool measures_risk(const StudyFlags& study) {
    return has_dicom_object(output_options(study.output)) ||
           (!study.risk.clinical_file.empty() &&
            !rests_on_tables(load_risk_model(study.risk.risk_model)));
}

std::string fingerprint_of(const std::vector<CommandFlag>& flags, std::string software) {
    return options_fingerprint({.software = std::move(software),
                                .options = flags_json(flags),
                                .files = named_files(flags)});
}

}  // namespace

void add_output_folder(CLI::App& command, BatchFlags& flags) {
    command.add_option("-o,--output", flags.folder, "Write the results below this folder")
        ->required()
        ->type_name("DIR");
}

void add_worker_flags(CLI::App& command, BatchFlags& flags) {
    command.add_option("--jobs", flags.jobs, "Studies at a time [processors]")
        ->check(CLI::Range(1, kMostJobs))
        ->type_name("N");
    command.add_option("--timeout", flags.timeout_s, "Longest time for one study")
        ->check(CLI::PositiveNumber)
        ->type_name("SECONDS")
        ->capture_default_str();
    command.add_option("--memory", flags.memory_mb, "Most memory for one study; 0: no limit")
        ->check(memory_limit())
        ->type_name("MB")
        ->capture_default_str();
    add_flags(command, study_flags(flags.study));
}

void add_reading_flag(CLI::App& command, std::string& reading) {
    command.add_option("--reading", reading, "Whose decisions count: latest, model or a reader")
        ->type_name("NAME")
        ->capture_default_str();
}

void add_batch_flags(CLI::App& command, BatchFlags& flags) {
    command.add_option("ROOT", flags.roots, "Folders or files")->required()->type_name("");
    add_output_folder(command, flags);
    command.add_option("--shard", flags.shard, "Only this part of the studies, such as 1/4")
        ->type_name("I/N");
    command.add_flag("--retry-failed", flags.retry_failed, "Measure failed studies again");
    command.add_flag("--force", flags.force, "Measure all studies again");
    command.add_option("--watch", flags.watch_s, "Go on; measure what has stayed the same so long")
        ->check(CLI::PositiveNumber)
        ->type_name("SECONDS");
    add_reading_flag(command, flags.reading);
    command
        .add_option(
            "--outlines-dir", flags.outlines.folder, "Outlines drawn elsewhere, one file a study")
        ->type_name("DIR");
    command.add_option("--outlines-reader", flags.outlines.reader, "Who drew them")
        ->type_name("NAME")
        ->capture_default_str();
    command.add_option("--roi-names", flags.outlines.roi_names, "What their ROI names mean (CSV)")
        ->type_name("FILE");
    command.add_option("--norms", flags.norms, "Card of 'norms fit': z, percentiles")
        ->type_name("FILE");
    command.add_flag("-q,--quiet", flags.quiet, "Only errors on standard error");
    add_worker_flags(command, flags);
    add_config_file(command);
}

void check_batch_flags(const BatchFlags& flags) {
    analyze_options(flags.study);
    output_options(flags.study.output);
    risk_setup(flags.study.risk);
    check_outlines_folder(flags.outlines);
    load_norms(flags.norms);
    const ChosenReadings readings({flags.folder}, flags.reading);
}

BatchOptions batch_options(const BatchFlags& flags) {
    StudyFlags study = flags.study;
    study.slice = with_series_table(study.slice, flags.roots);
    StudyFlags measured = study;
    std::string risk;
    if (!measures_risk(study)) {
        measured.risk = {};
        risk = fingerprint_of(risk_flags(study.risk), {});
    }
    BatchOptions options{
        .folder = flags.folder,
        .jobs = flags.jobs,
        .worker = worker_command(flags, flags_json(study_flags(study))),
        .header_worker = header_worker_command(),
        .levels = asked_levels(study.spine),
        .options_fingerprint = fingerprint_of(study_flags(measured), version_text()),
        .risk_fingerprint = risk,
        .shard = parse_shard(flags.shard),
        .settle = std::chrono::seconds(flags.watch_s)};
    if (options.jobs == 0) {
        options.jobs = oneapi::tbb::info::default_concurrency();
    }
    if (flags.force) {
        options.redo = Redo::all;
    } else if (flags.retry_failed) {
        options.redo = Redo::failed;
    }
    return options;
}

}  // namespace paraspinal
