// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/table_flags.h"

#include <iostream>
#include <string>

namespace paraspinal {

void add_table_flags(CLI::App& command, TableOptions& options) {
    command
        .add_option("--sheet", options.sheet, "Of a workbook, by name or number; else the first")
        ->type_name("NAME");
    command.add_option("--map", options.map, "What its columns mean (column,means)")
        ->type_name("FILE");
}

void add_cohort_flags(CLI::App& command, CohortReading& reading) {
    add_table_flags(command, reading.table);
    command.add_option("--types", reading.types, "What its columns hold ('cohort dictionary')")
        ->type_name("FILE");
}

CohortTable read_cohort_aloud(const std::filesystem::path& file, const CohortReading& reading) {
    CohortTable cohort = read_cohort(file, reading);
    for (const std::string& note : cohort.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    return cohort;
}

}  // namespace paraspinal
