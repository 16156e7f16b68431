// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/text.h"
#include "io/output_file.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/damaged_readings.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/compare/agree_tables.h"
#include "pipeline/compare/agreement_page.h"
#include "pipeline/compare/agreement_report.h"
#include "pipeline/compare/bland_altman_svg.h"
#include "pipeline/compare/labels/agree_folders.h"
#include "pipeline/compare/labels/agree_labels.h"
#include "pipeline/compare/labels/outline_file.h"
#include "pipeline/compare/readers/reader_agreement.h"
#include "pipeline/compare/readers/reader_agreement_report.h"
#include "pipeline/tables/cohort_table.h"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Tables, two or more: ICC(2,1) and ICC(3,1) (Shrout and Fleiss 1979) of all and\n"
    "of each pair, Bland-Altman bias and limits, SEM, MDC95 and Lin's CCC of every\n"
    "column of numbers that all have.\n"
    "Outlines (NIfTI, PNG, DICOM SEG, ROIs of ImageJ; two files, or two folders of\n"
    "files with the same names): Dice, Hausdorff-95, mean surface distance and area\n"
    "difference of every structure. Differences are first - second.\n"
    "A run with --readers: all of this of what its readers drew and decided in\n"
    "'paraspinal review', with kappa of their decisions. Definitions: docs/agree.md.\n"
    "Examples:\n"
    "  paraspinal agree reader1.csv reader2.csv -o agreement\n"
    "  paraspinal agree reader1/muscles.csv reader2/muscles.csv\n"
    "  paraspinal agree ours.nii.gz theirs.nii.gz\n"
    "  paraspinal agree results --readers anna,ben,model -o agreement";

struct AgreeOptions {
    std::vector<std::filesystem::path> inputs;
    std::string readers;  // Empty: of files.
    CohortReading reading;
    std::string key;
    std::string columns;
    std::filesystem::path labels;  // Empty: 1 to 7.
    std::string format = "table";
    std::filesystem::path output_folder;  // Empty: nothing is written.
    std::optional<double> pixel_mm;
    bool pooled = false;
};

void print(const std::string& format,
           const std::string& table,
           const std::string& csv,
           const std::string& json) {
    std::cout << (format == "csv" ? csv : format == "json" ? json : table);
}

void tell(const std::string& rater, const JoinedRows& rows) {
    const auto say = [&](std::int64_t count, const char* what) {
        if (count > 0) {
            std::cerr << "paraspinal: table " << rater << ": " << count << " of " << rows.rows
                      << " rows " << what << '\n';
        }
    };
    say(rows.failed, "failed and are left out");
    say(rows.without_key, "have no key and are left out");
    say(rows.duplicate, "share their key with another and are left out");
    say(rows.unmatched, "have no counterpart in every other table");
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
        throw Error(ErrorCode::usage, "--labels is for outlines, not for tables");
    }
    const TableAgreement result = agree_tables(options.inputs,
                                               {.key = split_list(options.key),
                                                .columns = split_list(options.columns),
                                                .pooled = options.pooled,
                                                .reading = options.reading});
    for (const std::string& note : result.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    for (std::size_t i = 0; i < result.tables.size(); ++i) {
        tell(result.raters[i], result.tables[i]);
    }
    const std::string csv = agreement_csv(result);
    print(options.format, agreement_text(result), csv, agreement_json(result));
    if (!options.output_folder.empty()) {
        write_file(options.output_folder / "agreement.csv", csv);
        write_file(options.output_folder / "agreement.html", agreement_page(result));
        write_plots(options.output_folder, result);
    }
    return 0;
}

AgreeLabelsOptions outline_options(const AgreeOptions& options) {
    if (!options.key.empty() || !options.columns.empty()) {
        throw Error(ErrorCode::usage, "--key and --columns are for tables, not for outlines");
    }
    AgreeLabelsOptions outlines{.pixel_mm = options.pixel_mm};
    if (!options.labels.empty()) {
        outlines.table = read_label_table(options.labels);
    }
    return outlines;
}

int run_folders(const AgreeOptions& options) {
    const FolderAgreement result =
        agree_folders(options.inputs.front(), options.inputs.back(), outline_options(options));
    for (const std::string& name : result.unmatched) {
        std::cerr << "paraspinal: only one folder has " << name << '\n';
    }
    for (const std::string& failure : result.failed) {
        std::cerr << "paraspinal: not compared: " << failure << '\n';
    }
    const std::string csv = label_agreement_csv(result.rows);
    const std::string text =
        label_agreement_text(result.rows) + "\n" + agreement_text(result.areas);
    print(options.format, text, csv, label_agreement_json(result.rows));
    if (!options.output_folder.empty()) {
        write_file(options.output_folder / "agreement.csv", csv);
        write_file(options.output_folder / "areas.csv", agreement_csv(result.areas));
        write_file(options.output_folder / "agreement.html",
                   folder_agreement_page(result.rows, result.areas));
        write_plots(options.output_folder, result.areas);
    }
    return result.failed.empty() ? 0 : kExitSomeFailed;
}

int run_labels(const AgreeOptions& options) {
    const auto rows =
        agree_labels(options.inputs.front(), options.inputs.back(), outline_options(options));
    const std::string csv = label_agreement_csv(rows);
    print(options.format, label_agreement_text(rows), csv, label_agreement_json(rows));
    if (!options.output_folder.empty()) {
        write_file(options.output_folder / "agreement.csv", csv);
    }
    return 0;
}

int run_readers(const AgreeOptions& options) {
    if (options.inputs.size() != 1) {
        throw Error(ErrorCode::usage, "--readers is for the folder of one run");
    }
    if (options.format == "json") {
        throw Error(ErrorCode::usage,
                    "the agreement of readers comes as a table or as csv (its numbers); -o DIR "
                    "writes all of it");
    }
    const ReaderAgreement result =
        agree_readers(options.inputs.front(), split_list(options.readers));
    for (const std::string& note : result.numbers.notes) {
        std::cerr << "paraspinal: " << note << '\n';
    }
    const std::string csv = agreement_csv(result.numbers);
    print(options.format, reader_agreement_text(result), csv, "");
    if (!options.output_folder.empty()) {
        write_file(options.output_folder / "agreement.csv", csv);
        write_file(options.output_folder / "agreement.html", reader_agreement_page(result));
        write_file(options.output_folder / "decisions.csv", decisions_csv(result));
        write_file(options.output_folder / "outlines.csv", reader_outlines_csv(result));
        write_plots(options.output_folder, result.numbers);
    }
    return tell_damaged_readings(options.inputs);
}

int run_agree(const AgreeOptions& options) {
    const auto folders = std::ranges::count_if(
        options.inputs, [](const auto& path) { return std::filesystem::is_directory(path); });
    const auto outlines = std::ranges::count_if(options.inputs, is_outline_name);
    const auto inputs = static_cast<std::ptrdiff_t>(options.inputs.size());
    const auto of_one_kind = [inputs](std::ptrdiff_t count) {
        return count == 0 || count == inputs;
    };
    if (options.readers.empty() && (!of_one_kind(folders) || !of_one_kind(outlines) ||
                                    (folders + outlines > 0 && inputs != 2))) {
        throw Error(ErrorCode::usage,
                    "compare tables, or two files of outlines, or two folders of them; a run needs "
                    "--readers");
    }
    if (!options.output_folder.empty()) {
        make_output_folder(options.output_folder);
    }
    if (!options.readers.empty()) {
        return run_readers(options);
    }
    return folders > 0    ? run_folders(options)
           : outlines > 0 ? run_labels(options)
                          : run_tables(options);
}

}  // namespace

void add_agree(CLI::App& app, Run& run) {
    const auto options = std::make_shared<AgreeOptions>();
    CLI::App* const command =
        app.add_subcommand("agree", "How far tables, label maps or readers agree");
    command->add_option("FILE", options->inputs, "Tables, outlines, folders; or a run")
        ->required()
        ->type_name("");
    command->add_option("--readers", options->readers, "Of a run: names, and model for itself")
        ->type_name("LIST");
    command->add_option("--key", options->key, "Columns that join; default those of the rows")
        ->type_name("LIST");
    command->add_option("--columns", options->columns, "Columns to compare; default all numbers")
        ->type_name("LIST");
    command->add_flag("--pooled", options->pooled, "All structures and sides in one number");
    add_cohort_flags(*command, options->reading);
    command->add_option("--labels", options->labels, "Values of the label maps (value,structure)")
        ->type_name("FILE");
    command->add_option("--pixel-mm", options->pixel_mm, "Side of pixels of PNG files and ROIs")
        ->check(CLI::PositiveNumber)
        ->type_name("MM");
    command->add_option("--format", options->format, "What to print: table, csv or json")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("NAME")
        ->capture_default_str();
    command
        ->add_option(
            "-o,--output", options->output_folder, "Write agreement.csv, a page and plots here")
        ->type_name("DIR");
    command->footer(kFooter);
    command->final_callback([options, &run] { run = [options] { return run_agree(*options); }; });
}

}  // namespace paraspinal
