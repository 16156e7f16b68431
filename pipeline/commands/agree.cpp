// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/table_flags.h"
#include "pipeline/compare/agree_labels.h"
#include "pipeline/compare/agree_tables.h"
#include "pipeline/compare/agreement_report.h"
#include "pipeline/compare/bland_altman_svg.h"
#include "pipeline/tables/cohort_table.h"

#include <filesystem>
#include <iostream>
#include <memory>
#include <set>
#include <string>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Tables: ICC(2,1) and ICC(3,1) (Shrout and Fleiss 1979), Bland-Altman bias and\n"
    "limits, SEM, MDC95 and Lin's CCC of every column of numbers that both have.\n"
    "Label maps: Dice, Hausdorff-95, mean surface distance and area difference of\n"
    "every structure. Differences are A - B. Definitions: docs/agree.md.\n"
    "Examples:\n"
    "  paraspinal agree reader1.csv reader2.csv -o agreement\n"
    "  paraspinal agree reader1/muscles.csv reader2/muscles.csv\n"
    "  paraspinal agree ours.nii.gz theirs.nii.gz";

struct AgreeOptions {
    std::filesystem::path first;
    std::filesystem::path second;
    CohortReading reading;
    std::string key;
    std::string columns;
    std::filesystem::path labels;  // Empty: 1 to 7.
    std::string format = "table";
    std::filesystem::path output_folder;  // Empty: nothing is written.
    bool pooled = false;
};

bool is_nifti(const std::filesystem::path& file) {
    const std::string name = lower_case(file.filename().string());
    return name.ends_with(".nii") || name.ends_with(".nii.gz");
}

void print(const std::string& format,
           const std::string& table,
           const std::string& csv,
           const std::string& json) {
    std::cout << (format == "csv" ? csv : format == "json" ? json : table);
}

void tell(const char* table, const JoinedRows& rows) {
    const auto say = [&](std::int64_t count, const char* what) {
        if (count > 0) {
            std::cerr << "paraspinal: " << table << " table: " << count << " of " << rows.rows
                      << " rows " << what << '\n';
        }
    };
    say(rows.failed, "failed and are left out");
    say(rows.without_key, "have no key and are left out");
    say(rows.duplicate, "share their key with another and are left out");
    say(rows.unmatched, "have no counterpart in the other table");
}

void write_plots(const std::filesystem::path& folder, const TableAgreement& result) {
    std::set<std::string> names;
    for (const ColumnAgreement& column : result.columns) {
        const std::string plot = bland_altman_svg(column);
        std::string name = bland_altman_file_name(agreement_name(column));
        while (!names.insert(name).second) {
            name.insert(name.size() - std::string(".svg").size(), "_");
        }
        if (!plot.empty()) {
            write_file(folder / name, plot);
        }
    }
}

int run_tables(const AgreeOptions& options) {
    if (!options.labels.empty()) {
        throw Error(ErrorCode::usage, "--labels is for label maps, not for tables");
    }
    const TableAgreement result = agree_tables(options.first,
                                               options.second,
                                               {.key = split_list(options.key),
                                                .columns = split_list(options.columns),
                                                .pooled = options.pooled,
                                                .reading = options.reading});
    for (const std::string& note : result.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    tell("first", result.first);
    tell("second", result.second);
    const std::string csv = agreement_csv(result);
    print(options.format, agreement_text(result), csv, agreement_json(result));
    if (!options.output_folder.empty()) {
        write_file(options.output_folder / "agreement.csv", csv);
        write_plots(options.output_folder, result);
    }
    return 0;
}

int run_labels(const AgreeOptions& options) {
    if (!options.key.empty() || !options.columns.empty()) {
        throw Error(ErrorCode::usage, "--key and --columns are for tables, not for label maps");
    }
    const LabelTable table =
        options.labels.empty() ? default_label_table() : read_label_table(options.labels);
    const auto rows = agree_labels(options.first, options.second, table);
    const std::string csv = label_agreement_csv(rows);
    print(options.format, label_agreement_text(rows), csv, label_agreement_json(rows));
    if (!options.output_folder.empty()) {
        write_file(options.output_folder / "agreement.csv", csv);
    }
    return 0;
}

int run_agree(const AgreeOptions& options) {
    if (is_nifti(options.first) != is_nifti(options.second)) {
        throw Error(ErrorCode::usage, "compare two tables or two NIfTI files, not one of each");
    }
    if (!options.output_folder.empty()) {
        make_output_folder(options.output_folder);
    }
    return is_nifti(options.first) ? run_labels(options) : run_tables(options);
}

}  // namespace

void add_agree(CLI::App& app, Run& run) {
    const auto options = std::make_shared<AgreeOptions>();
    CLI::App* const command =
        app.add_subcommand("agree", "How far two tables, or two label maps, agree");
    command->add_option("A", options->first, "Table or NIfTI label map")->required()->type_name("");
    command->add_option("B", options->second, "Another of the same kind")
        ->required()
        ->type_name("");
    command->add_option("--key", options->key, "Columns that join; default those of the rows")
        ->type_name("LIST");
    command->add_option("--columns", options->columns, "Columns to compare; default all numbers")
        ->type_name("LIST");
    command->add_flag("--pooled", options->pooled, "All structures and sides in one number");
    add_cohort_flags(*command, options->reading);
    command->add_option("--labels", options->labels, "Values of the label maps (value,structure)")
        ->type_name("FILE");
    command->add_option("--format", options->format, "What to print: table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("NAME")
        ->capture_default_str();
    command->add_option("-o,--output", options->output_folder, "Write agreement.csv and plots here")
        ->type_name("DIR");
    command->footer(kFooter);
    command->final_callback([options, &run] { run = [options] { return run_agree(*options); }; });
}

}  // namespace paraspinal
