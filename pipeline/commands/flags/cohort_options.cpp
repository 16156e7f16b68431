// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/cohort_options.h"

#include "core/error.h"
#include "io/tables/write_xlsx.h"
#include "pipeline/cohort/table_for_people.h"
#include "pipeline/tables/wrap_text.h"
#include "pipeline/tables/write_word.h"

#include <algorithm>
#include <iostream>
#include <sys/ioctl.h>
#include <unistd.h>

namespace paraspinal {

std::size_t terminal_width() {
    winsize size{};
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): there is no other call.
    const bool is_terminal =
        isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    return is_terminal && size.ws_col > 0 ? std::max<std::size_t>(size.ws_col, kTerminalWidth)
                                          : kTerminalWidth;
}

void deliver_table(const CohortOptions& options,
                   const TextTable& table,
                   const CohortTable& cohort,
                   const std::string& title) {
    if (options.format == "csv") {
        deliver(options.output, formatted(table, options.format, title));
        return;
    }
    const TextTable labelled = table_for_people(table, cohort);
    if (options.format == "text" && options.output.empty()) {
        deliver(options.output, terminal_text(labelled, terminal_width()));
    } else if (options.format == "docx" || options.format == "xlsx") {
        if (options.output.empty()) {
            throw Error(
                ErrorCode::usage,
                "such a document is written to a file; name it with -o FILE." + options.format);
        }
        if (options.format == "docx") {
            write_word(options.output, labelled, title);
            return;
        }
        write_xlsx(options.output,
                   {.title = title,
                    .columns = labelled.columns,
                    .rows = labelled.rows,
                    .notes = labelled.notes});
    } else {
        deliver(options.output, formatted(labelled, options.format, title));
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
    command.add_option("--format", options->format, "text, csv, markdown, html, latex, xlsx, docx")
        ->check(CLI::IsMember({"text", "csv", "markdown", "html", "latex", "xlsx", "docx"}))
        ->type_name("NAME")
        ->capture_default_str();
}

void add_outcome(CLI::App& command, const SharedCohortOptions& options) {
    command.add_option("--outcome", options->outcome, "Yes/no column to explain")
        ->type_name("COLUMN")
        ->capture_default_str();
}

}  // namespace paraspinal
