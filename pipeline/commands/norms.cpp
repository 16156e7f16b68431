// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/output_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/cohort_options.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/norms/fit_norms.h"
#include "pipeline/norms/write_norms.h"
#include "pipeline/tables/cohort_table.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFitFooter =
    "CONTROLS.csv is the measurements.csv (or an export) of healthy people whom this\n"
    "program measured, one row a person. Flagged rows enter once a reader accepted\n"
    "them. A curve takes 40 people of one sex: docs/norms.md.\n"
    "Example:\n"
    "  paraspinal norms fit controls/measurements.csv -o norms.json\n"
    "  paraspinal measure FOLDER -o OUT --norms norms.json";

constexpr const char* kApplyFooter =
    "For tables that are there already: shards, exports, levels.csv. 'measure' and\n"
    "'batch' do the same with --norms.\n"
    "Example:\n"
    "  paraspinal norms apply norms.json results/measurements.csv -o norms.csv";

struct FitFlags {
    std::filesystem::path controls;
    std::filesystem::path output;
    std::string by = "sex,age";
    FitNormsOptions options;
};

int run_fit(const FitFlags& flags) {
    const std::vector<std::string> by = split_list(flags.by);
    if (by.size() != 2) {
        throw Error(ErrorCode::usage,
                    "--by takes two columns of the table, that of the sex and that of the age in "
                    "years: --by sex,age");
    }
    FitNormsOptions options = flags.options;
    options.sex_column = by[0];
    options.age_column = by[1];
    const FittedNorms fitted = fit_norms(flags.controls, options);
    write_file(flags.output, norms_json(fitted.card));
    std::cout << terminal_text(norms_table(fitted), terminal_width());
    return 0;
}

void add_fit(CLI::App& norms, Run& run) {
    const auto flags = std::make_shared<FitFlags>();
    CLI::App* const command = norms.add_subcommand("fit", "Curves of your own healthy controls");
    command->add_option("CONTROLS", flags->controls, "Their measurements")
        ->required()
        ->type_name("");
    command->add_option("-o,--output", flags->output, "The card to write (JSON)")
        ->required()
        ->type_name("FILE");
    command->add_option("--by", flags->by, "Columns of the sex and of the age in years")
        ->type_name("SEX,AGE")
        ->capture_default_str();
    command->add_option("--level", flags->options.level, "Rows of this level enter")
        ->type_name("NAME")
        ->capture_default_str();
    add_table_flags(*command, flags->options.table);
    command->footer(kFitFooter);
    command->final_callback([flags, &run] { run = [flags] { return run_fit(*flags); }; });
}

struct ApplyFlags {
    std::filesystem::path card;
    std::filesystem::path table;
    std::filesystem::path output;  // Empty: standard output.
    TableOptions options;
};

void add_apply(CLI::App& norms, Run& run) {
    const auto flags = std::make_shared<ApplyFlags>();
    CLI::App* const command = norms.add_subcommand("apply", "A table beside the curves of a card");
    command->add_option("CARD", flags->card, "As 'norms fit' wrote it")->required()->type_name("");
    command->add_option("CSV", flags->table, "With the columns of measurements.csv")
        ->required()
        ->type_name("");
    command->add_option("-o,--output", flags->output, "Write the table here")->type_name("FILE");
    add_table_flags(*command, flags->options);
    command->footer(kApplyFooter);
    command->final_callback([flags, &run] {
        run = [flags] {
            const auto norms_of = load_norms(flags->card);
            deliver(flags->output, norms_csv(norms_of->card, flags->table, flags->options));
            return 0;
        };
    });
}

}  // namespace

void add_norms(CLI::App& app, Run& run) {
    CLI::App* const norms =
        app.add_subcommand("norms", "What is normal: curves of your own controls");
    norms->require_subcommand(1);
    add_fit(*norms, run);
    add_apply(*norms, run);
}

}  // namespace paraspinal
