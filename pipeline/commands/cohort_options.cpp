// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/cohort_options.h"

#include "io/output_file.h"

#include <iostream>

namespace paraspinal {

void deliver(const CohortOptions& options, const std::string& text) {
    if (options.output.empty()) {
        std::cout << text;
    } else {
        write_file(options.output, text);
    }
}

void add_output(CLI::App& command, const SharedCohortOptions& options) {
    command.add_option("-o,--output", options->output, "Write here, not to standard output")
        ->type_name("FILE");
}

CLI::App* add_table_command(CLI::App& cohort,
                            const SharedCohortOptions& options,
                            const std::string& name,
                            const std::string& description) {
    CLI::App* const command = cohort.add_subcommand(name, description);
    add_cohort_table(*command, options->cohort);
    add_output(*command, options);
    return command;
}

void add_format(CLI::App& command, const SharedCohortOptions& options) {
    command.add_option("--format", options->format, "text, csv, markdown or html")
        ->check(CLI::IsMember({"text", "csv", "markdown", "html"}))
        ->type_name("NAME")
        ->capture_default_str();
}

void add_outcome(CLI::App& command, const SharedCohortOptions& options) {
    command.add_option("--outcome", options->outcome, "Yes/no column to explain")
        ->type_name("COLUMN")
        ->capture_default_str();
}

}  // namespace paraspinal
