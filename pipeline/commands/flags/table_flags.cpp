// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/commands/flags/table_flags.h"

#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "pipeline/tables/repeated_patients.h"

#include <iostream>
#include <string>

namespace paraspinal {

void add_table(CLI::App& command, std::filesystem::path& table) {
    command.add_option("TABLE", table, "One row a patient: .csv, .xlsx, .sav or .dta")
        ->required()
        ->type_name("");
}

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

void add_cohort_table(CLI::App& command, CohortFlags& flags) {
    add_table(command, flags.table);
    add_cohort_flags(command, flags.reading);
    command.add_option("--with", flags.reading.further, "A further table of the same patients")
        ->type_name("FILE")
        ->allow_extra_args(false);
    command
        .add_option("--measurements", flags.reading.measurements, "Joined: measurements.csv or run")
        ->type_name("CSV|DIR");
    command.add_option("--on", flags.reading.key, "Joined by: study_uid, accession_number, ...")
        ->type_name("COLUMN");
    command.add_option("--unmatched", flags.unmatched, "Write who finds no partner here (CSV)")
        ->type_name("FILE");
}

CohortTable read_cohort_aloud(const CohortFlags& flags) {
    CohortTable cohort = read_cohort(flags.table, flags.reading);
    for (const std::string& note : cohort.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    if (const std::string repeated = repeated_patients_text(cohort); !repeated.empty()) {
        std::cerr << "paraspinal: " << repeated << '\n';
    }
    if (!flags.unmatched.empty()) {
        if (cohort.joins.empty()) {
            throw Error(ErrorCode::usage,
                        "--unmatched is about --measurements and --with; name them");
        }
        write_file(flags.unmatched, unmatched_csv(cohort.joins));
    }
    return cohort;
}

void tell_left_out(const std::vector<std::string>& columns) {
    if (!columns.empty()) {
        std::cerr << "paraspinal: identifiers and free text left out: " << joined(columns, ", ")
                  << "; where that is not so, declare the type with --types FILE\n";
    }
}

void tell_unreadable(const std::string& unreadable) {
    if (!unreadable.empty()) {
        std::cerr << "paraspinal: " << unreadable
                  << "; they are written as they are, but empty where they have, or may have, "
                     "separators of thousands\n";
    }
}

void deliver(const std::filesystem::path& output, const std::string& text) {
    if (output.empty()) {
        std::cout << text;
    } else {
        write_file(output, text);
    }
}

}  // namespace paraspinal
