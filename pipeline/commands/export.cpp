// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "io/pseudonyms.h"
#include "io/tables/csv.h"
#include "io/tables/write_statistics_file.h"
#include "pipeline/batch/export/bids_dataset.h"
#include "pipeline/batch/export/export_ledgers.h"
#include "pipeline/batch/export/methods_text.h"
#include "pipeline/batch/export/redcap_files.h"
#include "pipeline/batch/export/run_facts.h"
#include "pipeline/cohort/clinical_columns.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/damaged_readings.h"
#include "pipeline/commands/flags/batch_flags.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/columns/statistics_variables.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Writes muscles.csv and the dictionary columns.csv beside FILE. A study in\n"
    "several ledgers has one row; two different measurements are refused.\n"
    "Pseudonyms: patient and all UIDs become keyed hashes, ages above 89 become 90.\n"
    "Example:\n"
    "  (umask 077; head -c 32 /dev/urandom > study.key)  # same key, same names\n"
    "  paraspinal export shard_1 shard_2 -o cohort.csv --pseudonymize study.key";

struct ExportFlags {
    std::vector<std::filesystem::path> ledgers;
    std::filesystem::path file;
    std::filesystem::path key_file;  // Empty: true names.
    std::string dates = "shift";
    std::string reading = kLatestReading;
    std::filesystem::path clinical;  // Empty: none.
    CohortReading reading_of_clinical;
    std::filesystem::path unmatched;
    std::filesystem::path redcap;  // Folders; empty: none.
    std::filesystem::path bids;
    std::filesystem::path methods;  // Files; empty: none.
    std::filesystem::path sav;
    std::filesystem::path dta;
    bool quiet = false;
};

// What the columns hold that are added to `table`.
ColumnKinds add_clinical(const ExportFlags& flags, const std::filesystem::path& table) {
    if (flags.clinical.empty()) {
        return {};
    }
    const ClinicalColumns added =
        add_clinical_columns(table, flags.clinical, flags.reading_of_clinical);
    for (const std::string& note : join_notes(added.join)) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    if (!added.missing_words.empty()) {
        std::cerr << "paraspinal: taken for missing values: " << joined(added.missing_words, "; ")
                  << '\n';
    }
    tell_left_out(added.left_out);
    tell_unreadable(added.unreadable);
    if (!flags.unmatched.empty()) {
        write_file(flags.unmatched, unmatched_csv({added.join}));
    }
    return added.kinds;
}

// Of the table as it was written, with the clinical columns.
void add_redcap(const ExportFlags& flags,
                const ColumnKinds& kinds,
                std::vector<std::filesystem::path>& written) {
    const RedcapFiles files = write_redcap(flags.file, kinds, flags.redcap);
    for (const std::string& note : files.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    written.insert(written.end(), files.written.begin(), files.written.end());
}

// `table` for SPSS and Stata.
std::vector<std::filesystem::path> add_statistics_files(const ExportFlags& flags,
                                                        const std::filesystem::path& table) {
    std::vector<std::filesystem::path> written;
    for (const std::filesystem::path& file : {flags.sav, flags.dta}) {
        if (!file.empty()) {
            const CohortTable cohort = read_cohort(table);
            if (!cohort.unreadable.empty()) {
                std::cerr << "paraspinal: " << file.filename().string() << ": " << cohort.unreadable
                          << "; there they are missing\n";
            }
            write_statistics_file(file, statistics_variables(cohort));
            written.push_back(file);
        }
    }
    return written;
}

void add_bids(const ExportFlags& flags, const ExportedStudies& studies) {
    const BidsDataset dataset = write_bids(studies, flags.bids);
    for (const std::string& note : dataset.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    if (!flags.quiet) {
        std::cerr << "wrote " << flags.bids.string() << ": " << dataset.participants
                  << " subjects, " << dataset.segmentations << " segmentations\n";
    }
}

std::optional<Pseudonyms> pseudonyms(const ExportFlags& flags) {
    if (flags.key_file.empty()) {
        return std::nullopt;
    }
    return read_pseudonyms(flags.key_file,
                           flags.dates == "drop" ? DateRule::drop : DateRule::shift);
}

constexpr std::array<std::string_view, 6> kBeside{
    "muscles.csv", "levels.csv", "slices.csv", "volumes.csv", "vertebrae.csv", "columns.csv"};

// Tables under pseudonyms beside those with true names would tell who is who, and the tables beside
// FILE have one name in both. UIDs have dots, pseudonyms have none.
void require_no_other_names(const ExportFlags& flags) {
    for (const std::string_view name : kBeside) {
        const std::filesystem::path file = flags.file.parent_path() / name;
        if (!std::filesystem::is_regular_file(file)) {
            continue;
        }
        CsvReader csv(file);
        const std::optional<std::size_t> uid = csv.column("study_uid");
        if (!uid || !csv.next()) {
            continue;
        }
        const bool is_hidden = csv.cell(*uid).find('.') == std::string_view::npos;
        if (is_hidden != !flags.key_file.empty()) {
            throw Error(ErrorCode::usage,
                        "'" + file.string() + "' is of an export with " +
                            (is_hidden ? "pseudonyms" : "true names") +
                            ", and this one is not; choose another folder");
        }
    }
}

std::vector<std::filesystem::path> folders_of(std::vector<std::filesystem::path> ledgers) {
    for (std::filesystem::path& ledger : ledgers) {
        ledger = std::filesystem::is_directory(ledger) ? ledger : ledger.parent_path();
    }
    return ledgers;
}

int run_export(const ExportFlags& flags) {
    const std::string name = flags.file.filename().string();
    if (std::ranges::find(kBeside, name) != kBeside.end()) {
        throw Error(ErrorCode::usage,
                    "'" + name + "' is written beside the table; choose another name for it");
    }
    const std::filesystem::path methods = flags.methods.lexically_normal();
    if (methods == flags.file.lexically_normal() ||
        std::ranges::find(kBeside, methods.filename().string()) != kBeside.end()) {
        throw Error(ErrorCode::usage,
                    "'" + methods.string() +
                        "' is one of the tables that are written; choose another name for the "
                        "methods");
    }
    if (!flags.clinical.empty() && !flags.key_file.empty()) {
        throw Error(
            ErrorCode::usage,
            "--clinical joins by the true IDs, which --pseudonymize hides; give one of them");
    }
    if (flags.clinical.empty() && !flags.unmatched.empty()) {
        throw Error(ErrorCode::usage, "--unmatched is about --clinical; name a table");
    }
    require_no_other_names(flags);
    const ExportedStudies studies(flags.ledgers, pseudonyms(flags), flags.reading);
    for (const std::filesystem::path& file :
         {flags.file, flags.sav, flags.dta, flags.methods, flags.unmatched}) {
        if (file.has_parent_path()) {
            make_output_folder(file.parent_path());
        }
    }
    ColumnKinds kinds;
    std::vector<std::filesystem::path> further;
    ExportSummary summary =
        export_ledgers(studies, flags.file, [&](const std::filesystem::path& table) {
            kinds = add_clinical(flags, table);
            if (!flags.bids.empty()) {
                add_bids(flags, studies);
            }
            further = add_statistics_files(flags, table);
        });
    summary.written.insert(summary.written.end(), further.begin(), further.end());
    if (summary.outdated > 0) {
        std::cerr << "paraspinal: " << summary.outdated
                  << " readings are of an earlier result; these rows are the run's (review_status "
                     "outdated), until 'batch' or 'review' renews them\n";
    }
    if (!flags.redcap.empty()) {
        add_redcap(flags, kinds, summary.written);
    }
    if (!flags.methods.empty()) {
        write_file(flags.methods, methods_text(run_facts(studies)));
        summary.written.push_back(flags.methods);
    }
    if (!flags.quiet) {
        std::cerr << summary.studies << " studies";
        if (summary.duplicates > 0) {
            std::cerr << ", " << summary.duplicates << " of them in more than one ledger";
        }
        std::cerr << '\n';
        for (const std::filesystem::path& file : summary.written) {
            std::cerr << "wrote " << file.string() << '\n';
        }
    }
    return flags.reading == kNoReading ? 0 : tell_damaged_readings(folders_of(flags.ledgers));
}

void add_statistics_flag(CLI::App& command,
                         const std::string& name,
                         std::filesystem::path& file,
                         const std::string& program) {
    const std::string ending = "." + name.substr(2);
    command.add_option(name, file, "Also the table for " + program + ", with labels")
        ->type_name("FILE" + ending)
        ->check([ending](const std::string& given) {
            return std::filesystem::path(given).extension() == ending ? std::string()
                                                                      : "must end with " + ending;
        });
}

}  // namespace

void add_export(CLI::App& app, Run& run) {
    const auto flags = std::make_shared<ExportFlags>();
    CLI::App* const command =
        app.add_subcommand("export", "Ledgers of batch runs to one research table");
    command->add_option("LEDGER", flags->ledgers, "Folders of 'batch', or their ledger.sqlite")
        ->required()
        ->type_name("");
    command->add_option("-o,--output", flags->file, "The table")->required()->type_name("FILE.csv");
    command->add_option("--pseudonymize", flags->key_file, "Hide who it is; the file holds the key")
        ->type_name("KEYFILE");
    command->add_option("--dates", flags->dates, "How dates are hidden: shifted or dropped")
        ->check(CLI::IsMember({"shift", "drop"}))
        ->type_name("RULE")
        ->capture_default_str();
    add_reading_flag(*command, flags->reading);
    command->add_option("--clinical", flags->clinical, "Table whose columns are added")
        ->type_name("FILE");
    add_cohort_flags(*command, flags->reading_of_clinical);
    command
        ->add_option(
            "--on", flags->reading_of_clinical.key, "Joined by: study_uid, accession_number, ...")
        ->type_name("COLUMN");
    command->add_option("--unmatched", flags->unmatched, "Write who finds no partner here (CSV)")
        ->type_name("FILE");
    command->add_option("--redcap", flags->redcap, "Also data dictionary and import file of REDCap")
        ->type_name("DIR");
    command->add_option("--bids", flags->bids, "Also a BIDS derivative dataset, under pseudonyms")
        ->type_name("DIR");
    command->add_option("--methods", flags->methods, "Also a draft of the methods section")
        ->type_name("FILE.md");
    add_statistics_flag(*command, "--sav", flags->sav, "SPSS");
    add_statistics_flag(*command, "--dta", flags->dta, "Stata");
    command->add_flag("-q,--quiet", flags->quiet, "Only errors on standard error");
    command->footer(kFooter);
    command->final_callback([flags, &run] { run = [flags] { return run_export(*flags); }; });
}

}  // namespace paraspinal
