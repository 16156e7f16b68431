// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/patient_groups.h"
#include "io/output_file.h"
#include "pipeline/cohort/clinical_columns.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/damaged_readings.h"
#include "pipeline/commands/flags/cohort_options.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/follow/follow_patients.h"
#include "pipeline/follow/follow_pictures.h"
#include "pipeline/follow/follow_tables.h"
#include "pipeline/follow/patients_csv.h"
#include "pipeline/follow/vertebra_changes_csv.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "OUT are folders of 'measure' or 'batch'. Examinations with one patient ID are\n"
    "compared by date, each with the one before it; what cannot be compared is listed\n"
    "with the reason. Intervals are those of one scanner and this program, not of\n"
    "other readers: docs/follow.md.\n"
    "Examples:\n"
    "  paraspinal follow year_1 year_2 -o change\n"
    "  paraspinal follow results --pairs pairs.csv --format csv";

struct FollowFlags {
    std::vector<std::filesystem::path> runs;
    std::filesystem::path output_folder;  // Empty: nothing is written.
    std::filesystem::path pairs;          // Empty: by patient ID and date.
    std::string smallest_changes;         // Empty: those of repeated measurements.
    std::filesystem::path clinical;       // Empty: none.
    CohortReading clinical_reading;       // Of that.
    std::string format = "table";
};

// Column treated_levels of the clinical table, by patient.
std::map<std::string, std::string> treated_levels(const FollowFlags& flags) {
    std::map<std::string, std::string> levels;
    if (flags.clinical.empty()) {
        return levels;
    }
    const CohortTable table = read_cohort(flags.clinical, flags.clinical_reading);
    const auto texts_of = [&table](std::string_view name) {
        const auto column = std::ranges::find(table.columns, name, &CohortColumn::name);
        return column == table.columns.end() ? std::vector<std::string>() : column->texts;
    };
    const std::vector<std::string> patients = texts_of("patient_id");
    const std::vector<std::string> treated = texts_of("treated_levels");
    for (std::size_t i = 0; i < std::min(patients.size(), treated.size()); ++i) {
        const auto [place, is_new] = levels.emplace(plain_patient_id(patients[i]), treated[i]);
        if (!is_new && place->second != treated[i]) {
            place->second.clear();  // Two rows that differ say nothing.
        }
    }
    return levels;
}

void write_tables(const FollowFlags& flags, FollowUp& result) {
    make_output_folder(flags.output_folder);
    for (const std::string& missing : write_follow_pictures(flags.output_folder, result)) {
        std::cerr << "paraspinal: " << missing << '\n';
    }
    write_file(flags.output_folder / "follow_up.csv", follow_up_csv(result));
    write_file(flags.output_folder / "examinations.csv", examinations_csv(result));
    auto treated = treated_levels(flags);
    write_file(flags.output_folder / "vertebra_changes.csv",
               vertebra_changes_csv(result, [&treated](const std::string& patient_id) {
                   return treated[plain_patient_id(patient_id)];
               }));
    const std::filesystem::path patients = flags.output_folder / "patients.csv";
    write_file(patients, patients_csv(result));
    if (!flags.clinical.empty() && !result.pairs.empty()) {
        CohortReading reading = flags.clinical_reading;
        reading.key = "patient_id";
        ClinicalColumns added = add_clinical_columns(
            patients,
            flags.clinical,
            reading,
            {.name = "patients.csv", .keeps_text = true, .has_plain_ids = true});
        added.join.other = "patients.csv";
        for (const std::string& note : join_notes(added.join)) {
            std::cerr << "paraspinal: " << note << '\n';
        }
        tell_left_out(added.left_out);
        tell_unreadable(added.unreadable);
    }
}

int run_follow(const FollowFlags& flags) {
    if (!flags.clinical.empty() && flags.output_folder.empty()) {
        throw Error(ErrorCode::usage, "--clinical adds columns to patients.csv; give -o DIR too");
    }
    FollowOptions options{.pairs = {},
                          .smallest_changes = read_smallest_changes(flags.smallest_changes)};
    if (!flags.pairs.empty()) {
        options.pairs = read_named_pairs(flags.pairs);
    }
    FollowUp result = follow_patients(read_examinations(flags.runs), options);
    for (const std::string& note : result.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    std::cerr << follow_up_summary(result) << '\n';
    if (!flags.output_folder.empty()) {
        write_tables(flags, result);
    }
    std::cout << (flags.format == "csv"    ? follow_up_csv(result)
                  : flags.format == "json" ? follow_up_json(result)
                                           : follow_up_text(result, terminal_width()));
    const int code = tell_damaged_readings(flags.runs);
    return result.pairs.empty() || !result.notes.empty() ? kExitSomeFailed : code;
}

}  // namespace

void add_follow(CLI::App& app, Run& run) {
    const auto flags = std::make_shared<FollowFlags>();
    CLI::App* const command =
        app.add_subcommand("follow", "What changed between examinations of one patient");
    command->add_option("OUT", flags->runs, "Folders of runs")->required()->type_name("");
    command->add_option("-o,--output", flags->output_folder, "Write follow_up.csv and more here")
        ->type_name("DIR");
    command->add_option("--pairs", flags->pairs, "Compare these alone (CSV: from,to)")
        ->type_name("FILE");
    command
        ->add_option(
            "--mdc", flags->smallest_changes, "Smallest real changes: csa_cm2=1.2,... or CSV")
        ->type_name("LIST|FILE");
    command->add_option("--clinical", flags->clinical, "Table whose columns patients.csv gets")
        ->type_name("FILE");
    add_cohort_flags(*command, flags->clinical_reading);
    command->add_option("--format", flags->format, "What to print: table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("NAME")
        ->capture_default_str();
    command->footer(kFooter);
    command->final_callback([flags, &run] { run = [flags] { return run_follow(*flags); }; });
}

}  // namespace paraspinal
