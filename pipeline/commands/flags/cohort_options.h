// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/tables/text_table.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace paraspinal {

/// What the subcommands of `cohort` are told.
struct CohortOptions {
    CohortFlags cohort;
    std::filesystem::path output;   // Empty: standard output.
    std::filesystem::path picture;  // Empty: none.
    std::string format = "text";
    std::string outcome = "new_fracture";
    std::string by;
    std::string groups;
    std::string columns;
    std::string number_test = "automatic";
    std::string class_test = "automatic";
    std::string paired_test = "automatic";
    std::string pairs;
    std::string events;
    std::string follow_up = "follow_up_months";
    std::string reference;
    std::string program = "r";
    int resamples = 2000;
    std::uint64_t seed = 1;
    bool firth = false;
    bool profile = false;
    bool combined = false;
};
using SharedCohortOptions = std::shared_ptr<CohortOptions>;

/// --output of all of them.
void add_output(CLI::App& command, const SharedCohortOptions& options);

/// A subcommand of `cohort` that reads a table of patients.
CLI::App* add_table_command(CLI::App& cohort,
                            const SharedCohortOptions& options,
                            const std::string& name,
                            const std::string& description);

/// --format of tables.
void add_format(CLI::App& command, const SharedCohortOptions& options);

/// --outcome, a yes/no column.
void add_outcome(CLI::App& command, const SharedCohortOptions& options);

/// Columns of the terminal that standard output is; kTerminalWidth at least, and where it is none.
std::size_t terminal_width();

/// Writes a table of `cohort` where and as the options say: to people with labels, as wide as their
/// terminal.
void deliver_table(const CohortOptions& options,
                   const TextTable& table,
                   const CohortTable& cohort,
                   const std::string& title);

/// Adds `cohort script`.
void add_cohort_script(CLI::App& cohort, const SharedCohortOptions& options, Run& run);

/// Adds `cohort compare`, `paired`, `logistic` and `roc`.
void add_cohort_analyses(CLI::App& cohort, const SharedCohortOptions& options, Run& run);

}  // namespace paraspinal
