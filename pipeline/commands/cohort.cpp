// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/output_file.h"
#include "io/write_csv.h"
#include "pipeline/cohort/cohort_charts.h"
#include "pipeline/cohort/cohort_dictionary.h"
#include "pipeline/cohort/cohort_models.h"
#include "pipeline/cohort/compare_groups.h"
#include "pipeline/cohort/describe_cohort.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/table_flags.h"
#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "risk/classify_fractures.h"

#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  paraspinal cohort dictionary cohort.xlsx -o types.csv\n"
    "  paraspinal cohort describe cohort.xlsx --types types.csv\n"
    "  paraspinal cohort compare cohort.csv --by brace --format html -o t2.html\n"
    "  paraspinal cohort compare cohort.csv --by leakage_type --groups spike,round\n"
    "  paraspinal cohort compare cohort.xlsx --measurements OUT --by new_fracture\n"
    "  paraspinal cohort logistic cohort.csv --predictors age_years,csa_cm2,fdr_pct\n"
    "  paraspinal cohort roc cohort.csv --factors csa_cm2,fdr_pct --picture roc.svg\n"
    "  paraspinal cohort classify-fractures cohort.csv -o classified.csv\n"
    "Which test is chosen, and how: docs/cohort.md. Tables after Yang et al. 2025,\n"
    "doi:10.3389/fmed.2025.1514894, and Reyhani Yassavoly et al. 2025, J Orthop Spine\n"
    "Trauma 11(2):64-8.";

struct CohortOptions {
    CohortFlags cohort;
    std::filesystem::path output;
    std::filesystem::path picture;
    std::string format = "text";
    std::string outcome = "new_fracture";
    std::string by;
    std::string groups;
    std::string columns;
    std::string number_test = "automatic";
    std::string class_test = "automatic";
    bool firth = false;
    bool profile = false;
};
using Options = std::shared_ptr<CohortOptions>;

void deliver(const CohortOptions& options, const std::string& text) {
    if (options.output.empty()) {
        std::cout << text;
    } else {
        write_file(options.output, text);
    }
}

int run_describe(const CohortOptions& options) {
    deliver(
        options,
        formatted(describe_cohort(read_cohort_aloud(options.cohort)), options.format, "Cohort"));
    return 0;
}

int run_dictionary(const CohortOptions& options) {
    const TextTable table = cohort_dictionary(read_cohort_aloud(options.cohort));
    deliver(options, csv_text(table.columns, table.rows));
    return 0;
}

int run_compare(const CohortOptions& options) {
    static const std::map<std::string, NumberTest> number_tests{
        {"automatic", NumberTest::automatic},
        {"welch", NumberTest::welch},
        {"student", NumberTest::student},
        {"mann-whitney", NumberTest::mann_whitney}};
    static const std::map<std::string, ClassTest> class_tests{{"automatic", ClassTest::automatic},
                                                              {"pearson", ClassTest::pearson},
                                                              {"fisher", ClassTest::fisher}};
    const TextTable table = compare_cohort(read_cohort_aloud(options.cohort),
                                           {.by = options.by,
                                            .groups = split_list(options.groups),
                                            .columns = split_list(options.columns),
                                            .number_test = number_tests.at(options.number_test),
                                            .class_test = class_tests.at(options.class_test),
                                            .exact = options.format == "csv"});
    deliver(options, formatted(table, options.format, "Comparison by " + options.by));
    return 0;
}

int run_logistic(const CohortOptions& options) {
    const LogisticTables tables = logistic_cohort(read_cohort_aloud(options.cohort),
                                                  {.outcome = options.outcome,
                                                   .predictors = split_list(options.columns),
                                                   .firth = options.firth,
                                                   .profile = options.profile,
                                                   .exact = options.format == "csv"});
    for (const std::string& warning : tables.warnings) {
        std::cerr << "paraspinal: " << warning << '\n';
    }
    deliver(options,
            formatted(tables.table, options.format, "Logistic regression of " + options.outcome));
    return 0;
}

int run_roc(const CohortOptions& options) {
    const std::vector<RocFactor> factors =
        roc_cohort(read_cohort_aloud(options.cohort), options.outcome, split_list(options.columns));
    if (!options.picture.empty()) {
        write_file(options.picture, roc_svg(factors));
    }
    deliver(options, formatted(roc_table(factors), options.format, "ROC analysis"));
    return 0;
}

int run_classify(const CohortOptions& options) {
    TableReader table(options.cohort.table, options.cohort.reading.table);
    const std::size_t treated = table.required_column("treated_levels");
    const std::size_t fractured = table.required_column("new_fracture_levels");
    std::vector<std::string> cells = table.headers();
    for (const char* const name :
         {"adjacent_fracture", "remote_fracture", "same_level_fracture", "contiguous_fracture"}) {
        cells.emplace_back(name);
    }
    std::string text;
    append_csv_row(text, cells);
    while (table.next()) {
        const std::string place = "line " + std::to_string(table.line());
        const FractureKinds kinds = within(place, [&] {
            return classify_fractures(parse_levels(table.cell(treated)),
                                      parse_levels(table.cell(fractured)));
        });
        cells.clear();
        for (std::size_t i = 0; i < table.columns().size(); ++i) {
            cells.emplace_back(table.cell(i));
        }
        for (const bool kind : {kinds.adjacent, kinds.remote, kinds.same_level, kinds.contiguous}) {
            cells.emplace_back(kind ? "1" : "0");
        }
        append_csv_row(text, cells);
    }
    deliver(options, text);
    return 0;
}

void add_output(CLI::App& command, const Options& options) {
    command.add_option("-o,--output", options->output, "Write here, not to standard output")
        ->type_name("FILE");
}

CLI::App* add_table_command(CLI::App& cohort,
                            const Options& options,
                            const std::string& name,
                            const std::string& description) {
    CLI::App* const command = cohort.add_subcommand(name, description);
    add_cohort_table(*command, options->cohort);
    add_output(*command, options);
    return command;
}

void add_format(CLI::App& command, const Options& options) {
    command.add_option("--format", options->format, "text, csv, markdown or html")
        ->check(CLI::IsMember({"text", "csv", "markdown", "html"}))
        ->type_name("NAME")
        ->capture_default_str();
}

void add_outcome(CLI::App& command, const Options& options) {
    command.add_option("--outcome", options->outcome, "Yes/no column to explain")
        ->type_name("COLUMN")
        ->capture_default_str();
}

void add_compare(CLI::App& cohort, const Options& options, Run& run) {
    CLI::App* const command =
        add_table_command(cohort, options, "compare", "Two groups side by side, tests, adjusted P");
    add_format(*command, options);
    command->add_option("--by", options->by, "Column that makes the groups")
        ->required()
        ->type_name("COLUMN");
    command->add_option("--groups", options->groups, "Its two values, when it has more")
        ->type_name("A,B");
    command->add_option("--columns", options->columns, "Compare these only")->type_name("LIST");
    command
        ->add_option("--numbers", options->number_test, "automatic, welch, student, mann-whitney")
        ->check(CLI::IsMember({"automatic", "welch", "student", "mann-whitney"}))
        ->type_name("TEST")
        ->capture_default_str();
    command->add_option("--classes", options->class_test, "automatic, pearson or fisher")
        ->check(CLI::IsMember({"automatic", "pearson", "fisher"}))
        ->type_name("TEST")
        ->capture_default_str();
    command->final_callback([options, &run] { run = [options] { return run_compare(*options); }; });
}

void add_logistic(CLI::App& cohort, const Options& options, Run& run) {
    CLI::App* const command = add_table_command(
        cohort, options, "logistic", "Odds ratios, predictors singly and together");
    add_format(*command, options);
    add_outcome(*command, options);
    command->add_option("--predictors", options->columns, "Number or yes/no columns")
        ->required()
        ->type_name("LIST");
    command->add_flag("--firth", options->firth, "Firth's penalized likelihood");
    command->add_flag("--profile", options->profile, "Profile-likelihood intervals");
    command->final_callback(
        [options, &run] { run = [options] { return run_logistic(*options); }; });
}

void add_roc(CLI::App& cohort, const Options& options, Run& run) {
    CLI::App* const command =
        add_table_command(cohort, options, "roc", "AUC and best cutoff of single factors");
    add_format(*command, options);
    add_outcome(*command, options);
    command->add_option("--factors", options->columns, "Number or yes/no columns")
        ->required()
        ->type_name("LIST");
    command->add_option("--picture", options->picture, "The curves, SVG")->type_name("FILE");
    command->final_callback([options, &run] { run = [options] { return run_roc(*options); }; });
}

}  // namespace

void add_cohort(CLI::App& app, Run& run) {
    const auto options = std::make_shared<CohortOptions>();
    CLI::App* const cohort =
        app.add_subcommand("cohort", "Tables and statistics of a cohort of patients");
    cohort->require_subcommand(1);
    cohort->footer(kFooter);
    CLI::App* const describe = add_table_command(
        *cohort, options, "describe", "What every column holds: moments, classes, missing");
    add_format(*describe, options);
    describe->final_callback(
        [options, &run] { run = [options] { return run_describe(*options); }; });
    CLI::App* const dictionary = add_table_command(
        *cohort, options, "dictionary", "What every column is taken for, for --types");
    dictionary->final_callback(
        [options, &run] { run = [options] { return run_dictionary(*options); }; });
    add_compare(*cohort, options, run);
    add_logistic(*cohort, options, run);
    add_roc(*cohort, options, run);
    CLI::App* const classify = cohort->add_subcommand(
        "classify-fractures", "Adjacent or remote, from the vertebral levels");
    add_table(*classify, options->cohort.table);
    add_table_flags(*classify, options->cohort.reading.table);
    add_output(*classify, options);
    classify->final_callback(
        [options, &run] { run = [options] { return run_classify(*options); }; });
}

}  // namespace paraspinal
