// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/output_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/talk.h"
#include "pipeline/compare/labels/evaluate_outlines.h"
#include "pipeline/compare/labels/evaluation_report.h"
#include "pipeline/report/pictures/contact_sheet.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "A mask NAME.png, NAME.nii or NAME.nii.gz belongs to the image NAME or the folder\n"
    "NAME of DICOM files; a single mask file to all of --images. NIfTI masks are\n"
    "matched in patient coordinates. PNG images are taken for radiological displays.\n"
    "Writes evaluation_cases.csv, evaluation_summary.csv and worst_cases.png.\n"
    "Example:\n"
    "  paraspinal evaluate --images t2 --masks expert --labels labels.csv -o scores\n"
    "Definitions and our own scores: docs/evaluate.md.";

struct EvaluateFlags {
    std::filesystem::path images;
    std::filesystem::path masks;
    std::filesystem::path labels;  // Empty: 1 to 7.
    double pixel_mm = 0;           // 0: not given.
    std::string format = "table";
    std::filesystem::path output_folder;  // Empty: nothing is written.
};

void tell(const Evaluation& evaluation) {
    const auto say = [](const std::string& text) { std::cerr << "paraspinal: " << text << '\n'; };
    if (!evaluation.unmatched_masks.empty()) {
        say(std::to_string(evaluation.unmatched_masks.size()) +
            " masks without an image of their name, the first: " +
            evaluation.unmatched_masks.front());
    }
    if (evaluation.without_reference > 0) {
        say(std::to_string(evaluation.without_reference) + " slices without a labeled mask");
    }
    if (!evaluation.unnamed_values.empty()) {
        std::string values;
        for (const int value : evaluation.unnamed_values) {
            values += (values.empty() ? "" : ", ") + std::to_string(value);
        }
        say("taken for background, as the table of labels does not name them: " + values);
    }
    for (const CaseScore& scored : evaluation.cases) {
        if (!scored.failure.empty()) {
            say("case " + scored.name + " failed [" + scored.failure + "]");
        }
    }
}

void write_results(const std::filesystem::path& folder, const Evaluation& evaluation) {
    write_file(folder / "evaluation_cases.csv", evaluation_cases_csv(evaluation));
    write_file(folder / "evaluation_summary.csv", evaluation_summary_csv(evaluation));
    if (!evaluation.worst.empty()) {
        write_file(folder / "worst_cases.png", contact_sheet_png(evaluation.worst));
    }
}

int run_evaluate(const EvaluateFlags& flags) {
    EvaluateOptions options{.images = flags.images, .masks = flags.masks};
    if (!flags.labels.empty()) {
        options.reading.labels = read_label_table(flags.labels);
    }
    if (flags.pixel_mm > 0) {
        options.reading.pixel_mm = flags.pixel_mm;
    }
    if (!flags.output_folder.empty()) {
        make_output_folder(flags.output_folder);
    }
    OutlineModel model;
    const Evaluation evaluation = [&] {
        Talk talk(!Talk::is_watched());
        talk.begin_studies();
        options.progress = [&talk](std::size_t done, std::size_t total) {
            talk.show("case " + std::to_string(done + 1) + " of " + std::to_string(total));
        };
        return evaluate_outlines(options, model);
    }();
    tell(evaluation);
    if (flags.format == "csv") {
        std::cout << evaluation_summary_csv(evaluation);
    } else if (flags.format == "json") {
        std::cout << evaluation_json(evaluation, model.description());
    } else {
        std::cout << evaluation_text(evaluation, model.description());
    }
    if (!flags.output_folder.empty()) {
        write_results(flags.output_folder, evaluation);
    }
    return evaluation.failed > 0 ? kExitSomeFailed : 0;
}

}  // namespace

void add_evaluate(CLI::App& app, Run& run) {
    const auto flags = std::make_shared<EvaluateFlags>();
    CLI::App* const command =
        app.add_subcommand("evaluate", "Outlines against reference masks, per structure");
    command->add_option("--images", flags->images, "Images: DICOM, NIfTI or PNG")
        ->required()
        ->type_name("DIR");
    command->add_option("--masks", flags->masks, "Reference masks: NIfTI or PNG")
        ->required()
        ->type_name("DIR");
    command->add_option("--labels", flags->labels, "Values of the masks, CSV value,structure")
        ->type_name("FILE");
    command->add_option("--pixel-mm", flags->pixel_mm, "Pixel size of images that do not state it")
        ->check(CLI::PositiveNumber)
        ->type_name("MM");
    command->add_option("--format", flags->format, "What to print: table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("NAME")
        ->capture_default_str();
    command->add_option("-o,--output", flags->output_folder, "Write the tables and a picture here")
        ->type_name("DIR");
    command->footer(kFooter);
    command->final_callback([flags, &run] { run = [flags] { return run_evaluate(*flags); }; });
}

}  // namespace paraspinal
