// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/tables/write_csv.h"
#include "pipeline/cohort/cohort_dictionary.h"
#include "pipeline/cohort/describe_cohort.h"
#include "pipeline/cohort/fracture_table.h"
#include "pipeline/commands/flags/cohort_options.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"

#include <iostream>
#include <memory>
#include <string>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  paraspinal cohort dictionary cohort.xlsx -o types.csv\n"
    "  paraspinal cohort describe cohort.xlsx --types types.csv\n"
    "  paraspinal cohort compare cohort.csv --by brace --format html -o t2.html\n"
    "  paraspinal cohort compare cohort.csv --by leakage_type --groups spike,round\n"
    "  paraspinal cohort compare cohort.xlsx --measurements OUT --by new_fracture\n"
    "  paraspinal cohort paired cohort.csv --pairs vas_pre:vas_post,odi_pre:odi_post\n"
    "  paraspinal cohort logistic cohort.csv --predictors age_years,csa_cm2,fdr_pct\n"
    "  paraspinal cohort roc cohort.csv --factors csa_cm2,fdr_pct --picture roc.svg\n"
    "  paraspinal cohort classify-fractures cohort.csv -o classified.csv\n"
    "  paraspinal cohort script cohort.xlsx --measurements OUT --for r -o analysis\n"
    "Which test is chosen, and how: docs/cohort.md. Tables after Yang et al. 2025,\n"
    "doi:10.3389/fmed.2025.1514894, and Reyhani Yassavoly et al. 2025, J Orthop Spine\n"
    "Trauma 11(2):64-8.";

int run_describe(const CohortOptions& options) {
    const CohortTable cohort = read_cohort_aloud(options.cohort);
    deliver_table(options, describe_cohort(cohort), cohort, "Cohort");
    return 0;
}

int run_dictionary(const CohortOptions& options) {
    const TextTable table = cohort_dictionary(read_cohort_aloud(options.cohort));
    deliver(options.output, csv_text(table.columns, table.rows));
    return 0;
}

int run_classify(const CohortOptions& options) {
    const FractureTable table =
        classify_fracture_table(options.cohort.table, options.cohort.reading);
    tell_left_out(table.left_out);
    tell_unreadable(table.unreadable);
    for (const UnclassifiedRow& row : table.unclassified) {
        std::cerr << "paraspinal: line " << row.line << ": " << row.reason << '\n';
    }
    if (!table.unclassified.empty()) {
        std::cerr << "paraspinal: " << table.unclassified.size() << " of " << table.rows
                  << " rows are not classified; their kinds are left empty\n";
    }
    deliver(options.output, table.csv);
    return table.unclassified.empty() ? 0 : kExitSomeFailed;
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
    add_cohort_analyses(*cohort, options, run);
    add_cohort_script(*cohort, options, run);
    CLI::App* const classify = cohort->add_subcommand(
        "classify-fractures", "Adjacent or remote, from the vertebral levels");
    add_table(*classify, options->cohort.table);
    add_cohort_flags(*classify, options->cohort.reading);
    add_output(*classify, options);
    classify->final_callback(
        [options, &run] { run = [options] { return run_classify(*options); }; });
}

}  // namespace paraspinal
