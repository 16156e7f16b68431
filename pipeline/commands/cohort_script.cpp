// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/output_file.h"
#include "io/tables/write_csv.h"
#include "io/tables/write_statistics_file.h"
#include "pipeline/cohort/cohort_dictionary.h"
#include "pipeline/cohort/design_columns.h"
#include "pipeline/commands/flags/cohort_options.h"
#include "pipeline/script/analysis_script.h"
#include "pipeline/tables/columns/statistics_variables.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

// The script belongs to its reader from its first line on, and the table to its writer.
void require_nothing_lost(const CohortOptions& options,
                          const std::string& name,
                          const std::string& script,
                          const std::vector<std::string>& data) {
    const std::filesystem::path file = options.output / name;
    std::ifstream stream(file, std::ios::binary);
    const std::string there{std::istreambuf_iterator<char>(stream), {}};
    if (stream.is_open() && there != script) {
        throw Error(ErrorCode::usage,
                    "'" + file.string() +
                        "' is there, edited or of other data, and is yours; choose another folder, "
                        "or move it away");
    }
    for (const std::string& one : data) {
        std::error_code ignored;
        if (std::filesystem::equivalent(options.output / one, options.cohort.table, ignored)) {
            throw Error(ErrorCode::usage,
                        "the table '" + options.cohort.table.string() +
                            "' would be overwritten; choose another folder");
        }
    }
}

int run_script(const CohortOptions& options) {
    static const std::map<std::string, ScriptProgram> programs{
        {"r", ScriptProgram::r}, {"spss", ScriptProgram::spss}, {"stata", ScriptProgram::stata}};
    const ScriptProgram program = programs.at(options.program);
    const CohortTable cohort = read_cohort_aloud(options.cohort);
    AnalysisPlan plan = plan_analysis(cohort,
                                      {.outcome = options.outcome,
                                       .follow_up = options.follow_up,
                                       .predictors = split_list(options.columns)});
    CohortTable data = analysis_cohort(cohort);
    if (program != ScriptProgram::r) {
        // As `cohort logistic` enters classes: a column each, against the commonest.
        Design design = design_of(data, plan.predictors, {});
        plan.predictors = columns_of(design);
        data = std::move(design.cohort);
    }
    const AnalysisScript script =
        analysis_script(program, data, plan, options.cohort.table.filename().string());
    const std::string ending = program == ScriptProgram::r      ? ".R"
                               : program == ScriptProgram::spss ? ".sps"
                                                                : ".do";
    require_nothing_lost(options,
                         "analysis" + ending,
                         script.text,
                         {"data.csv", "dictionary.csv", "data.sav", "data.dta"});
    make_output_folder(options.output);
    if (program == ScriptProgram::r) {
        const TextTable rows = analysis_data(data);
        const TextTable dictionary = cohort_dictionary(cohort);
        write_file(options.output / "data.csv", csv_text(rows.columns, rows.rows));
        write_file(options.output / "dictionary.csv",
                   csv_text(dictionary.columns, dictionary.rows));
    } else {
        const bool is_spss = program == ScriptProgram::spss;
        write_statistics_file(options.output / (is_spss ? "data.sav" : "data.dta"),
                              statistics_variables(data));
    }
    write_file(options.output / ("analysis" + ending), script.text);
    for (const std::string& section : script.left_out) {
        std::cerr << "paraspinal: left out of the script: " << section << '\n';
    }
    std::cerr << "wrote data and script into " << options.output.string() << '\n';
    return 0;
}

}  // namespace

void add_cohort_script(CLI::App& cohort, const SharedCohortOptions& options, Run& run) {
    CLI::App* const command =
        cohort.add_subcommand("script", "Data and a script for R, SPSS or Stata");
    add_cohort_table(*command, options->cohort);
    command->add_option("-o,--output", options->output, "Folder for data and script")
        ->required()
        ->type_name("DIR");
    command
        ->add_option("--for", options->program, "Whose language the script is in: r, spss or stata")
        ->check(CLI::IsMember({"r", "spss", "stata"}))
        ->type_name("NAME")
        ->capture_default_str();
    add_outcome(*command, options);
    command
        ->add_option("--follow-up", options->follow_up, "Column of each patient's months at risk")
        ->type_name("COLUMN")
        ->capture_default_str();
    command
        ->add_option("--predictors", options->columns, "Of regressions; default those of yang2025")
        ->type_name("LIST");
    command->final_callback([options, &run] { run = [options] { return run_script(*options); }; });
}

}  // namespace paraspinal
