// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/table_reader.h"

#include <CLI/CLI.hpp>

namespace paraspinal {

/// --sheet and --map, which say how a table is read.
void add_table_flags(CLI::App& command, TableOptions& options);

/// The same and --types.
void add_cohort_flags(CLI::App& command, CohortReading& reading);

/// read_cohort, with what the user must be told of it on standard error.
CohortTable read_cohort_aloud(const std::filesystem::path& file, const CohortReading& reading);

}  // namespace paraspinal
