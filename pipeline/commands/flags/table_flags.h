// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/columns/table_reader.h"

#include <CLI/CLI.hpp>

namespace paraspinal {

/// The table of a cohort, as a positional argument.
void add_table(CLI::App& command, std::filesystem::path& table);

/// --sheet and --map, which say how a table is read.
void add_table_flags(CLI::App& command, TableOptions& options);

/// The same and --types.
void add_cohort_flags(CLI::App& command, CohortReading& reading);

/// What the commands that take a cohort share.
struct CohortFlags {
    std::filesystem::path table;
    CohortReading reading;
    std::filesystem::path unmatched;  ///< Where who found no partner is written; empty: nowhere.
};

/// add_table and add_cohort_flags, and --with, --measurements, --on and --unmatched.
void add_cohort_table(CLI::App& command, CohortFlags& flags);

/// read_cohort, with what the user must be told of it on standard error.
CohortTable read_cohort_aloud(const CohortFlags& flags);

/// Says on standard error which columns of a table were not written again, and which of its cells
/// cannot be read; nothing where there is none.
void tell_left_out(const std::vector<std::string>& columns);
void tell_unreadable(const std::string& unreadable);

/// Writes `text` to a file; to standard output when `output` is empty.
void deliver(const std::filesystem::path& output, const std::string& text);

}  // namespace paraspinal
