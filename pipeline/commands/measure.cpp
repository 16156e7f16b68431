// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/crash_guard.h"
#include "io/file_scan.h"
#include "io/find_studies.h"
#include "io/output_file.h"
#include "pipeline/batch/export/batch_tables.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/study_flags.h"
#include "pipeline/commands/measure_checks.h"
#include "pipeline/commands/send_written.h"
#include "pipeline/commands/talk.h"
#include "pipeline/commands/write_studies.h"
#include "pipeline/norms/norms_text.h"
#include "pipeline/norms/write_norms.h"
#include "pipeline/page/study_page.h"
#include "pipeline/report/json/measurement_json.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/tables/measurement_row.h"
#include "pipeline/report/tables/terminal_table.h"
#include "pipeline/report/write_outputs.h"
#include "pipeline/study/add_risk.h"
#include "pipeline/study/analyze_study.h"
#include "pipeline/study/study_result.h"
#include "pipeline/study/version.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace paraspinal {
namespace {

struct MeasureOptions {
    std::vector<std::filesystem::path> paths;
    std::filesystem::path output_folder;  // Empty: nothing is written.
    std::string format = "table";
    std::filesystem::path outlines_file;  // Empty: automatic.
    std::filesystem::path roi_names_file;
    PeerFlags node;                    // Who gets the DICOM objects; may name nobody.
    std::filesystem::path norms_file;  // Empty: none.
    bool quiet = false;
    StudyFlags study;
};

void print_results(const std::vector<StudyOutcome>& outcomes,
                   const std::vector<FurtherSlices>& further,
                   const std::string& format) {
    if (format == "csv") {
        std::cout << measurements_csv(outcomes, std::string(software_version()));
    } else if (format == "json") {
        std::cout << measurements_json(outcomes, std::string(software_version()));
    } else {
        std::cout << terminal_table(outcomes) << levels_table(outcomes, further);
    }
}

int exit_code_of(const std::vector<StudyOutcome>& outcomes) {
    int code = 0;
    for (const StudyOutcome& outcome : outcomes) {
        if (const auto* const failure = std::get_if<StudyFailure>(&outcome)) {
            std::cerr << "paraspinal: " << failure->message << " [" << error_name(failure->code)
                      << "]\n";
            code = outcomes.size() == 1 ? exit_code(failure->code) : kExitSomeFailed;
        }
    }
    return code;
}

// What is sent must be written.
OutputOptions outputs_of(const MeasureOptions& options) {
    OutputFlags flags = options.study.output;
    if (!options.node.peer.empty() &&
        !has_dicom_object(output_options(flags.list, std::string(software_version())))) {
        flags.list += ",seg,sr,sc";
    }
    return output_options(flags);
}

void write_tables_and_page(const std::vector<StudyOutcome>& outcomes,
                           const std::vector<FurtherSlices>& further,
                           const MeasureOptions& options,
                           const OutputOptions& outputs,
                           const std::optional<LoadedNorms>& norms,
                           std::vector<Files> written) {
    written.push_back(write_tables(options.output_folder, outcomes, further, outputs));
    if (outputs.csv) {
        written.push_back(write_norms(options.output_folder, norms, outputs.png));
    }
    if (outputs.html) {
        written.push_back({write_study_page(options.output_folder, outputs.software_version)});
    }
    for (const Files& files : written) {
        for (const std::filesystem::path& file : files) {
            if (!options.quiet) {
                std::cerr << "wrote " << file.string() << '\n';
            }
        }
    }
}

void write_skipped(const std::vector<SkippedFile>& skipped, const MeasureOptions& options) {
    if (skipped.empty()) {
        return;
    }
    const std::filesystem::path file = options.output_folder / "skipped_files.csv";
    write_file(file, skipped_csv(skipped));
    if (!options.quiet) {
        std::cerr << "wrote " << file.string() << '\n';
    }
}

std::optional<OwnOutlines> own_outlines(const MeasureOptions& options) {
    if (!options.outlines_file.empty()) {
        return read_own_outlines(
            {.outlines = options.outlines_file, .roi_names = options.roi_names_file});
    }
    if (!options.roi_names_file.empty()) {
        throw Error(ErrorCode::usage, "--roi-names needs --outlines FILE");
    }
    return std::nullopt;
}

// Programs that ask for JSON get it also where there is no study that could fail.
StudyIndex read_studies(const MeasureOptions& options, const SliceRequest& request) {
    try {
        StudyIndex index = find_studies(options.paths);
        if (!options.quiet && !index.skipped.empty()) {
            std::cerr << "paraspinal: " << index.skipped.size() << " files skipped ("
                      << reasons_text(index.skipped) << "); 'paraspinal inspect' lists them\n";
        }
        index.studies = meant_studies(std::move(index.studies), request);
        return index;
    } catch (const Error& error) {
        if (options.format == "json") {
            print_results({study_failure({}, error)}, {}, options.format);
        }
        throw;
    }
}

std::vector<StudyOutcome> measured(const std::vector<Study>& studies,
                                   const AnalyzeOptions& analyze,
                                   std::optional<RiskSetup>& risk,
                                   bool is_quiet,
                                   std::vector<FurtherSlices>& further) {
    Talk talk(is_quiet || studies.size() == 1 || !Talk::is_watched());
    talk.begin_studies();
    Models models;
    std::vector<StudyOutcome> outcomes;
    BatchProgress progress{.total = static_cast<std::int64_t>(studies.size())};
    for (const Study& study : studies) {
        talk.show(progress);
        StudyResult result = study_result(study, analyze, models);
        outcomes.push_back(std::move(result.outcome));
        further.push_back(std::move(result.further));
        auto* const report = std::get_if<StudyReport>(&outcomes.back());
        if (risk && report != nullptr) {
            add_risk(*report, risk->estimator, risk->clinical);
        }
        ++progress.done;
        progress.failed += report == nullptr ? 1 : 0;
    }
    return outcomes;
}

int run_measure(const MeasureOptions& options) {
    StudyFlags flags = options.study;
    flags.slice = with_series_table(flags.slice, options.paths);
    AnalyzeOptions analyze = analyze_options(flags);
    analyze.own_outlines = own_outlines(options);
    const OutputOptions outputs = outputs_of(options);
    const std::optional<Node> node = node_of(options.node);
    const std::optional<LoadedNorms> norms = load_norms(options.norms_file);
    if (norms && !options.output_folder.empty() && !outputs.csv) {
        throw Error(ErrorCode::usage, "--norms compares measurements.csv; add csv to --write");
    }
    require_place_for_slices(analyze, !options.output_folder.empty() && outputs.csv);
    std::optional<RiskSetup> risk = risk_setup(options.study.risk);
    if (!options.output_folder.empty()) {
        require_no_batch(options.output_folder);
        make_output_folder(options.output_folder);  // Known before the work, not after it.
        remove_unfinished_files(options.output_folder);
    }
    const StudyIndex index = read_studies(options, analyze.slice);
    const std::vector<Study>& studies = index.studies;
    if (analyze.own_outlines) {
        require_one_slice(analyze, studies.size());
    }
    if (has_dicom_object(outputs)) {
        require_dicom(studies);
    }
    std::vector<FurtherSlices> further;
    std::vector<StudyOutcome> outcomes = measured(studies, analyze, risk, options.quiet, further);
    const bool is_kept = !options.output_folder.empty();
    const std::vector<Files> written =
        is_kept ? write_studies(outcomes, further, studies, options.output_folder, outputs)
                : std::vector<Files>{};
    print_results(outcomes, further, options.format);
    if (norms && options.format == "table") {
        std::cout << norms_text(norms->card, outcomes);
    }
    if (is_kept) {
        write_tables_and_page(outcomes, further, options, outputs, norms, written);
        write_skipped(index.skipped, options);
    }
    int code = exit_code_of(outcomes);
    if (node && !send_written(options.output_folder, outcomes, written, *node, options.quiet)) {
        code = code == 0 ? exit_code(ErrorCode::transfer_failed) : code;
    }
    const bool some_left_out = std::ranges::any_of(index.skipped, [](const SkippedFile& file) {
        return file.code != ErrorCode::not_an_image;
    });
    return code == 0 && some_left_out ? kExitSomeFailed : code;
}

}  // namespace

void add_measure(CLI::App& app, Run& run) {
    const auto options = std::make_shared<MeasureOptions>();
    CLI::App* const command =
        app.add_subcommand("measure", "Measure one or a few studies (DICOM, NIfTI)");
    command->add_option("PATH", options->paths, "Folders or files")->required()->type_name("");
    CLI::Option* const output =
        command
            ->add_option(
                "-o,--output", options->output_folder, "Write the results below this folder")
            ->type_name("DIR");
    command->add_option("--format", options->format, "What to print: table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("NAME")
        ->capture_default_str();
    command
        ->add_option("--outlines", options->outlines_file, "Your own outlines (docs/outlines.md)")
        ->type_name("FILE");
    command
        ->add_option(
            "--roi-names", options->roi_names_file, "What ROI names mean (CSV: name,structure)")
        ->type_name("FILE");
    command->add_option("--norms", options->norms_file, "Card of 'norms fit': z, percentiles")
        ->type_name("FILE");
    add_peer_flags(*command, "--send-to", "Send the DICOM objects to this node", options->node)
        ->needs(output);
    command->add_flag("-q,--quiet", options->quiet, "Only errors on standard error");
    add_flags(*command, study_flags(options->study));
    add_config_file(*command);
    command->final_callback([options, &run] {
        run = [options] { return run_guarded([&options] { return run_measure(*options); }); };
    });
}

}  // namespace paraspinal
