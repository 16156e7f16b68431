// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "core/text.h"
#include "pipeline/cohort/compare_groups.h"
#include "pipeline/cohort/models/regression_table.h"
#include "pipeline/cohort/paired_table.h"
#include "pipeline/cohort/roc_table.h"
#include "pipeline/cohort/table_for_people.h"
#include "pipeline/commands/flags/cohort_options.h"
#include "pipeline/figures/box_plot.h"
#include "pipeline/figures/forest_plot.h"
#include "pipeline/figures/roc_chart.h"
#include "pipeline/figures/write_figure.h"
#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"

#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace paraspinal {
namespace {

int run_compare(const CohortOptions& options) {
    static const std::map<std::string, NumberTest> number_tests{
        {"automatic", NumberTest::automatic},
        {"welch", NumberTest::welch},
        {"student", NumberTest::student},
        {"mann-whitney", NumberTest::mann_whitney}};
    static const std::map<std::string, ClassTest> class_tests{{"automatic", ClassTest::automatic},
                                                              {"pearson", ClassTest::pearson},
                                                              {"fisher", ClassTest::fisher}};
    const CohortTable cohort = read_cohort_aloud(options.cohort);
    const CompareOptions compare{.by = options.by,
                                 .groups = split_list(options.groups),
                                 .columns = split_list(options.columns),
                                 .number_test = number_tests.at(options.number_test),
                                 .class_test = class_tests.at(options.class_test),
                                 .follow_up = options.follow_up,
                                 .events = split_list(options.events),
                                 .exact = options.format == "csv"};
    if (!options.picture.empty()) {
        const std::string svg = boxes_svg(compared_columns(cohort, compare),
                                          grouping_of(cohort, compare),
                                          label_for_people(options.by, cohort));
        if (svg.empty()) {
            throw Error(ErrorCode::usage, "there is no column of numbers to draw boxes of");
        }
        write_figure(options.picture, svg);
    }
    deliver_table(options,
                  compare_cohort(cohort, compare),
                  cohort,
                  "Comparison by " + label_for_people(options.by, cohort));
    return 0;
}

// The two sides of every "A:B" of a list.
std::vector<std::pair<std::string, std::string>> split_pairs(const std::string& list,
                                                             const char* flag) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const std::string& both : split_list(list)) {
        const std::size_t colon = both.find(':');
        if (colon == std::string::npos) {
            throw Error(ErrorCode::usage, std::string(flag) + " needs A:B, not " + both);
        }
        pairs.emplace_back(trimmed(std::string_view(both).substr(0, colon)),
                           trimmed(std::string_view(both).substr(colon + 1)));
    }
    return pairs;
}

int run_paired(const CohortOptions& options) {
    static const std::map<std::string, PairedTest> tests{{"automatic", PairedTest::automatic},
                                                         {"t", PairedTest::paired_t},
                                                         {"signed-rank", PairedTest::signed_rank}};
    PairedOptions paired{
        .by = options.by, .test = tests.at(options.paired_test), .exact = options.format == "csv"};
    for (const auto& [first, second] : split_pairs(options.pairs, "--pairs")) {
        paired.pairs.push_back({.first = first, .second = second});
    }
    const CohortTable cohort = read_cohort_aloud(options.cohort);
    deliver_table(options, paired_cohort(cohort, paired), cohort, "Change within patients");
    return 0;
}

int run_logistic(const CohortOptions& options) {
    std::map<std::string, std::string> reference;
    for (const auto& [column, level] : split_pairs(options.reference, "--reference")) {
        reference[column] = level;
    }
    const CohortTable cohort = read_cohort_aloud(options.cohort);
    const LogisticTables tables = logistic_cohort(cohort,
                                                  {.outcome = options.outcome,
                                                   .predictors = split_list(options.columns),
                                                   .firth = options.firth,
                                                   .profile = options.profile,
                                                   .reference = reference,
                                                   .exact = options.format == "csv"});
    for (const std::string& warning : tables.warnings) {
        std::cerr << "paraspinal: " << warning << '\n';
    }
    if (!options.picture.empty()) {
        std::vector<OddsRatio> ratios = tables.ratios;
        for (OddsRatio& one : ratios) {
            one.name = label_for_people(one.name, cohort);
        }
        write_figure(options.picture,
                     forest_svg(ratios, label_for_people(options.outcome, cohort)));
    }
    deliver_table(options, tables.table, cohort, "Logistic regression of " + options.outcome);
    return 0;
}

int run_roc(const CohortOptions& options) {
    const CohortTable cohort = read_cohort_aloud(options.cohort);
    const RocOptions roc{.outcome = options.outcome,
                         .factors = split_list(options.columns),
                         .combined = options.combined,
                         .cutoffs = {.resamples = options.resamples, .seed = options.seed},
                         .exact = options.format == "csv"};
    const std::vector<RocFactor> factors = roc_cohort(cohort, roc);
    if (!options.picture.empty()) {
        std::vector<RocFactor> labelled = factors;
        for (RocFactor& factor : labelled) {
            factor.name = label_for_people(factor.name, cohort);
        }
        write_figure(options.picture, roc_svg(labelled));
    }
    deliver_table(options, roc_table(cohort, factors, roc), cohort, "ROC analysis");
    return 0;
}

void add_picture(CLI::App& command, const SharedCohortOptions& options, const std::string& what) {
    command.add_option("--picture", options->picture, what + ", .svg or .png")->type_name("FILE");
}

void add_compare(CLI::App& cohort, const SharedCohortOptions& options, Run& run) {
    CLI::App* const command = add_table_command(
        cohort, options, "compare", "Groups side by side, tests, rates, adjusted P");
    add_format(*command, options);
    command->add_option("--by", options->by, "Column that makes the groups")
        ->required()
        ->type_name("COLUMN");
    command->add_option("--groups", options->groups, "Its values to compare; default all")
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
    command
        ->add_option("--follow-up", options->follow_up, "Column of each patient's months at risk")
        ->type_name("COLUMN")
        ->capture_default_str();
    command->add_option("--events", options->events, "Yes/no columns with rates; default fractures")
        ->type_name("LIST");
    add_picture(*command, options, "A box per group of each number");
    command->final_callback([options, &run] { run = [options] { return run_compare(*options); }; });
}

void add_paired(CLI::App& cohort, const SharedCohortOptions& options, Run& run) {
    CLI::App* const command =
        add_table_command(cohort, options, "paired", "Change within patients: before, after, test");
    add_format(*command, options);
    command
        ->add_option("--pairs", options->pairs, "Columns before and after; default _pre and _post")
        ->type_name("A:B,C:D");
    command->add_option("--by", options->by, "Column of groups, each tested alone")
        ->type_name("COLUMN");
    command->add_option("--numbers", options->paired_test, "automatic, t, signed-rank")
        ->check(CLI::IsMember({"automatic", "t", "signed-rank"}))
        ->type_name("TEST")
        ->capture_default_str();
    command->final_callback([options, &run] { run = [options] { return run_paired(*options); }; });
}

void add_logistic(CLI::App& cohort, const SharedCohortOptions& options, Run& run) {
    CLI::App* const command = add_table_command(
        cohort, options, "logistic", "Odds ratios, predictors singly and together");
    add_format(*command, options);
    add_outcome(*command, options);
    command->add_option("--predictors", options->columns, "Numbers, yes/no or classes")
        ->required()
        ->type_name("LIST");
    command->add_option("--reference", options->reference, "Class that others are compared with")
        ->type_name("COLUMN:CLASS,...");
    command->add_flag("--firth", options->firth, "Firth's penalized likelihood");
    command->add_flag("--profile", options->profile, "Profile-likelihood intervals and P");
    add_picture(*command, options, "Forest plot of the odds ratios");
    command->final_callback(
        [options, &run] { run = [options] { return run_logistic(*options); }; });
}

void add_roc(CLI::App& cohort, const SharedCohortOptions& options, Run& run) {
    CLI::App* const command =
        add_table_command(cohort, options, "roc", "AUC and best cutoff of single factors");
    add_format(*command, options);
    add_outcome(*command, options);
    command->add_option("--factors", options->columns, "Number or yes/no columns")
        ->required()
        ->type_name("LIST");
    command->add_flag("--combined", options->combined, "All factors together as well");
    command->add_option("--bootstrap", options->resamples, "Resamples for the cutoff")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N")
        ->capture_default_str();
    command->add_option("--seed", options->seed, "Of the resamples")
        ->type_name("N")
        ->capture_default_str();
    add_picture(*command, options, "The curves");
    command->final_callback([options, &run] { run = [options] { return run_roc(*options); }; });
}

}  // namespace

void add_cohort_analyses(CLI::App& cohort, const SharedCohortOptions& options, Run& run) {
    add_compare(cohort, options, run);
    add_paired(cohort, options, run);
    add_logistic(cohort, options, run);
    add_roc(cohort, options, run);
}

}  // namespace paraspinal
