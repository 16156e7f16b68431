// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "io/crash_guard.h"
#include "io/find_studies.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/slice_flags.h"
#include "pipeline/report/inspect_study.h"
#include "pipeline/report/inspection_text.h"
#include "pipeline/report/json/inspection_json.h"

#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

struct InspectOptions {
    std::vector<std::filesystem::path> paths;
    bool json = false;
    bool list_slices = false;
    bool list_skipped = false;
    SliceFlags slice;
};

// How many files were left out for each reason, so that three thousand of a kind take one line.
std::string skipped_text(const std::vector<SkippedFile>& skipped, bool list_files) {
    std::map<std::string, int> count_by_reason;
    for (const SkippedFile& file : skipped) {
        ++count_by_reason[file.reason];
    }
    std::string text = "Skipped files: " + std::to_string(skipped.size()) + "\n";
    for (const auto& [reason, count] : count_by_reason) {
        text += "  " + std::to_string(count) + "  " + reason + "\n";
        for (const SkippedFile& file : skipped) {
            if (list_files && file.reason == reason) {
                text += "     " + file.file.string() + "\n";
            }
        }
    }
    return text;
}

int run_inspect(const InspectOptions& options) {
    const SliceFlags flags = with_series_table(options.slice, options.paths);
    const SliceRequest request = slice_request(flags);
    const ClassifyOptions classify = classify_options(flags);
    const StudyIndex index = find_studies(options.paths);
    Models models;
    std::vector<InspectedStudy> inspected;
    for (const Study& study : index.studies) {
        inspected.push_back(inspect_study(study, request, classify, models));
    }
    if (options.json) {
        std::cout << inspection_json(index, inspected);
        return 0;
    }
    for (const InspectedStudy& study : inspected) {
        std::cout << inspection_text(study, options.list_slices) << '\n';
    }
    if (!index.skipped.empty()) {
        std::cout << skipped_text(index.skipped, options.list_skipped);
    }
    return 0;
}

}  // namespace

void add_inspect(CLI::App& app, Run& run) {
    const auto options = std::make_shared<InspectOptions>();
    CLI::App* const command =
        app.add_subcommand("inspect", "Show studies, series and the slice to be measured");
    command->add_option("PATH", options->paths, "Folders or files")->required()->type_name("");
    command->add_flag("--json", options->json, "Print everything as JSON");
    command->add_flag("--slices", options->list_slices, "List every slice with its UID");
    command->add_flag("--skipped", options->list_skipped, "List every skipped file");
    add_flags(*command, slice_flags(options->slice));
    command->final_callback([options, &run] {
        run = [options] { return run_guarded([&options] { return run_inspect(*options); }); };
    });
}

}  // namespace paraspinal
