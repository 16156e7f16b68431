// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/output_file.h"
#include "io/read_file.h"
#include "pipeline/cohort/models/cohort_models.h"
#include "pipeline/cohort/models/model_text.h"
#include "pipeline/cohort/models/points_text.h"
#include "pipeline/cohort/models/points_validation.h"
#include "pipeline/cohort/models/risk_table.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/figures/validation_chart.h"
#include "pipeline/figures/write_figure.h"
#include "pipeline/tables/cohort_table.h"
#include "pipeline/tables/text_table.h"
#include "risk/model/bootstrap_optimism.h"
#include "risk/model/load_points_score.h"
#include "risk/model/load_risk_model.h"
#include "risk/model/make_risk_model.h"
#include "risk/model/validate_model.h"
#include "risk/model/write_risk_model.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  paraspinal model show yang2025\n"
    "  paraspinal model audit reyhani2025 --format html -o audit.html\n"
    "  paraspinal model fit cohort.csv --predictors age_years,csa_cm2 --firth \\\n"
    "      --name clinic_a -o clinic_a.json\n"
    "  paraspinal model calibrate cohort.csv --model yang2025 --name yang_here \\\n"
    "      -o yang_here.json\n"
    "  paraspinal model validate cohort.csv --model yang2025 --picture fit.svg\n"
    "Model cards and what the numbers mean: docs/model_cards.md. Research use only.";

struct ModelOptions {
    std::string model = "yang2025";
    CohortFlags cohort;
    std::filesystem::path output;
    std::filesystem::path picture;
    std::string format = "text";
    std::string outcome = "new_fracture";
    std::string predictors;
    std::string name = "my_model";
    bool everything = false;
    bool json = false;
    bool firth = false;
    bool slope = false;
    BootstrapOptions bootstrap;
};
using Options = std::shared_ptr<ModelOptions>;

void warn(const std::vector<std::string>& warnings) {
    for (const std::string& warning : warnings) {
        std::cerr << "paraspinal: " << warning << '\n';
    }
}

int run_list() {
    TextTable table{.columns = {"name", "version", "predictors", "title"}};
    for (const std::string& name : built_in_models()) {
        const RiskModel model = load_risk_model(name);
        table.rows.push_back(
            {name, model.version, std::to_string(model.predictors.size()), model.title});
    }
    std::cout << terminal_text(table);
    return 0;
}

int run_show(const ModelOptions& options) {
    if (is_points_score(options.model)) {
        const PointsScore score = load_points_score(options.model);
        std::cout << (options.json ? read_file(options.model).value_or("")
                                   : points_card_text(score));
        return 0;
    }
    const RiskModel model = load_risk_model(options.model);
    std::cout << (options.json ? risk_model_json(model) : model_text(model));
    return 0;
}

int run_audit(const ModelOptions& options) {
    const PublicationAudit audit = audit_publication(options.model);
    deliver(options.output,
            options.format == "markdown" ? audit_markdown(audit)
                                         : formatted(audit_table(audit, options.everything),
                                                     options.format,
                                                     "Audit of " + audit.name));
    return 0;
}

int run_fit(const ModelOptions& options) {
    const CompleteCases cases = complete_cases(
        read_cohort_aloud(options.cohort), options.outcome, split_list(options.predictors));
    const LogisticOptions regression{.firth = options.firth, .flic = options.firth};
    const LogisticFit fit = fit_logistic(cases.data, regression);
    warn(regression_warnings(cases, fit));
    const RiskModel model =
        fitted_model(cases.data,
                     fit,
                     {.name = options.name,
                      .outcome = options.outcome,
                      .origin = options.firth ? "own patients, Firth's penalized likelihood, "
                                                "intercept of maximum likelihood (FLIC)"
                                              : "own patients, maximum likelihood",
                      .left_out = cases.left_out});
    const std::vector<double> risks = predicted_risks(cases.data, fit.coefficient);
    const ModelValidation validation =
        validate_predictions({.score = risks, .event = cases.data.event});
    std::cout << model_text(model) << '\n'
              << validation_text(validation,
                                 bootstrap_optimism(cases.data, regression, options.bootstrap));
    if (!options.output.empty()) {
        write_file(options.output, risk_model_json(model));
    }
    if (!options.picture.empty()) {
        write_figure(options.picture, validation_svg(validation));
    }
    return 0;
}

// The cohort with the image values that the published models are about.
CohortTable cohort_of_model(const ModelOptions& options) {
    CohortTable cohort = read_cohort_aloud(options.cohort);
    if (const std::size_t dropped = drop_other_levels(cohort); dropped > 0) {
        warn({std::to_string(dropped) + " of " + std::to_string(cohort.patients) +
              " patients: CSA, FDR and VB of another level than L3 are not used"});
    }
    return cohort;
}

CompleteCases cases_of(const ModelOptions& options, const RiskModel& model) {
    std::vector<std::string> keys(model.predictors.size());
    std::ranges::transform(model.predictors, keys.begin(), &Predictor::key);
    CompleteCases cases = complete_cases(cohort_of_model(options), options.outcome, keys);
    if (cases.left_out > 0) {
        warn({std::to_string(cases.left_out) + " of " +
              std::to_string(cases.left_out + cases.rows.size()) +
              " patients left out: a value is missing (complete-case analysis)"});
    }
    return cases;
}

int run_calibrate(const ModelOptions& options) {
    const RiskModel model = load_risk_model(options.model);
    const CompleteCases cases = cases_of(options, model);
    const Recalibration how{
        .slope = options.slope, .name = options.name, .left_out = cases.left_out};
    deliver(options.output, risk_model_json(recalibrated_model(model, cases.data, how)));
    return 0;
}

int run_validate_points(const ModelOptions& options) {
    if (!options.picture.empty()) {
        throw Error(ErrorCode::usage, "a score of points has no calibration curve to draw");
    }
    const PointsScore score = load_points_score(options.model);
    const ModelPatients patients =
        model_patients(cohort_of_model(options), options.outcome, columns_of(score));
    const PointsValidation found = validate_points(score, patients);
    warn(patients_warnings(patients, found));
    deliver(options.output, points_validation_text(score, found));
    return 0;
}

int run_validate(const ModelOptions& options) {
    if (is_points_score(options.model)) {
        return run_validate_points(options);
    }
    RiskEstimator estimator(load_risk_model(options.model));
    const ModelPatients patients =
        model_patients(cohort_of_model(options), options.outcome, estimator.model());
    std::vector<double> risks;
    for (std::size_t i = 0; i < patients.values.size(); ++i) {
        risks.push_back(within("patient " + std::to_string(patients.rows[i] + 1),
                               [&] { return estimator.estimate(patients.values[i]).probability; }));
    }
    const ModelValidation validation =
        validate_predictions({.score = risks, .event = patients.event});
    warn(patients_warnings(patients, validation));
    deliver(options.output, validation_text(validation, {}));
    if (!options.picture.empty()) {
        write_figure(options.picture, validation_svg(validation));
    }
    return 0;
}

CLI::App* add_table_command(CLI::App& model,
                            const Options& options,
                            const std::string& name,
                            const std::string& description) {
    CLI::App* const command = model.add_subcommand(name, description);
    add_cohort_table(*command, options->cohort);
    command->add_option("--outcome", options->outcome, "Yes/no column with the outcome")
        ->type_name("COLUMN")
        ->capture_default_str();
    return command;
}

void add_output(CLI::App& command, const Options& options, const std::string& what) {
    command.add_option("-o,--output", options->output, what)->type_name("FILE");
}

void add_picture(CLI::App& command, const Options& options) {
    command.add_option("--picture", options->picture, "Calibration and decision curve")
        ->type_name("FILE");
}

void add_model_name(CLI::App& command, const Options& options) {
    command.add_option("--model", options->model, "Built-in model or model card")
        ->type_name("NAME|FILE")
        ->capture_default_str();
}

void add_new_name(CLI::App& command, const Options& options) {
    command.add_option("--name", options->name, "Name of the new model card")
        ->type_name("NAME")
        ->capture_default_str();
}

void add_show_and_audit(CLI::App& model, const Options& options, Run& run) {
    CLI::App* const show = model.add_subcommand("show", "What a model is and is worth");
    show->add_option("MODEL", options->model, "Built-in model or model card")->type_name("");
    show->add_flag("--json", options->json, "The card itself");
    show->final_callback([options, &run] { run = [options] { return run_show(*options); }; });

    CLI::App* const audit =
        model.add_subcommand("audit", "Recompute the printed numbers of an article");
    audit->add_option("ARTICLE", options->model, "yang2025, reyhani2025 or a file of tables")
        ->type_name("");
    audit->add_flag("--all", options->everything, "What agrees as well");
    audit->add_option("--format", options->format, "text, csv, markdown or html")
        ->check(CLI::IsMember({"text", "csv", "markdown", "html"}))
        ->type_name("NAME")
        ->capture_default_str();
    add_output(*audit, options, "Write here, not to standard output");
    audit->final_callback([options, &run] { run = [options] { return run_audit(*options); }; });
}

void add_fit(CLI::App& model, const Options& options, Run& run) {
    CLI::App* const fit =
        add_table_command(model, options, "fit", "Make a model from your own cohort");
    fit->add_option("--predictors", options->predictors, "Number or yes/no columns")
        ->required()
        ->type_name("LIST");
    fit->add_flag("--firth", options->firth, "Firth's penalized likelihood");
    fit->add_option("--bootstrap", options->bootstrap.resamples, "Resamples for the optimism")
        ->check(CLI::Range(0, 1'000'000))
        ->type_name("N")
        ->capture_default_str();
    fit->add_option("--seed", options->bootstrap.seed, "Of the resamples")
        ->type_name("N")
        ->capture_default_str();
    add_new_name(*fit, options);
    add_output(*fit, options, "The model card");
    add_picture(*fit, options);
    fit->final_callback([options, &run] { run = [options] { return run_fit(*options); }; });
}

}  // namespace

void add_model(CLI::App& app, Run& run) {
    const auto options = std::make_shared<ModelOptions>();
    CLI::App* const model =
        app.add_subcommand("model", "Risk models: show, audit, fit, calibrate, validate");
    model->require_subcommand(1);
    model->footer(kFooter);
    CLI::App* const list = model->add_subcommand("list", "The built-in models");
    list->final_callback([&run] { run = run_list; });
    add_show_and_audit(*model, options, run);
    add_fit(*model, options, run);

    CLI::App* const calibrate = add_table_command(
        *model, options, "calibrate", "Fit the intercept of a model to your own cohort");
    add_model_name(*calibrate, options);
    calibrate->add_flag("--slope", options->slope, "The slope as well");
    add_new_name(*calibrate, options);
    add_output(*calibrate, options, "The new model card");
    calibrate->final_callback(
        [options, &run] { run = [options] { return run_calibrate(*options); }; });

    CLI::App* const validate =
        add_table_command(*model, options, "validate", "How well a model predicts your own cohort");
    add_model_name(*validate, options);
    add_output(*validate, options, "Write here, not to standard output");
    add_picture(*validate, options);
    validate->final_callback(
        [options, &run] { run = [options] { return run_validate(*options); }; });
}

}  // namespace paraspinal
