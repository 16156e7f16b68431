// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "io/output_file.h"
#include "pipeline/cohort/models/points_text.h"
#include "pipeline/cohort/models/risk_table.h"
#include "pipeline/cohort/models/risk_text.h"
#include "pipeline/commands/commands.h"
#include "pipeline/commands/flags/table_flags.h"
#include "pipeline/figures/contribution_chart.h"
#include "pipeline/figures/write_figure.h"
#include "pipeline/tables/clinical_json.h"
#include "risk/model/load_points_score.h"
#include "risk/model/load_risk_model.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

constexpr const char* kFooter =
    "Examples:\n"
    "  paraspinal risk --clinical patient.json\n"
    "  paraspinal risk --clinical clinical.csv --measurements out/measurements.csv\n"
    "  paraspinal risk --model my_model.json --clinical clinical.csv -o risk.csv\n"
    "Columns of the tables: docs/risk.md. Model: Yang et al. 2025, Front. Med.\n"
    "12:1514894, with a calibrated intercept; not validated. Research use only.";

struct RiskOptions {
    std::string model = "yang2025";
    RiskTableInput input;
    std::filesystem::path output;   // Empty: standard output.
    std::filesystem::path picture;  // Empty: none.
    std::string format;             // Empty: text for JSON, csv for CSV.
};

std::string lines_text(const std::vector<std::size_t>& lines) {
    constexpr std::size_t kMost = 10;
    std::string text;
    for (std::size_t i = 0; i < std::min(kMost, lines.size()); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(lines[i]);
    }
    return text + (lines.size() > kMost ? ", ..." : "");
}

// `absent` says what is done about a predictor that no file gives.
void tell(const RiskTableNotes& notes, const std::string& absent) {
    const auto say = [](const std::string& text) { std::cerr << "paraspinal: " << text << '\n'; };
    for (const std::string& key : notes.without_column) {
        say("no column " + key + ": " + absent + " for every patient");
    }
    if (!notes.unmatched_lines.empty()) {
        say(std::to_string(notes.unmatched_lines.size()) +
            " patients without a measurement, line " + lines_text(notes.unmatched_lines));
    }
    if (notes.unmatched_measurements > 0) {
        say(std::to_string(notes.unmatched_measurements) +
            " measurements belong to no row of the clinical table");
    }
    if (!notes.other_date_lines.empty()) {
        say(std::to_string(notes.other_date_lines.size()) +
            " examinations whose patient was measured at other dates only, line " +
            lines_text(notes.other_date_lines));
    }
    if (!notes.unreadable_date_lines.empty()) {
        say("a date of the examination (study_date) here or in the measurements cannot be read, so "
            "that nothing is joined to line " +
            lines_text(notes.unreadable_date_lines) + "; write it as 2026-01-31");
    }
    if (!notes.ambiguous_lines.empty()) {
        say("no date (study_date) tells which of several examinations is meant, so that nothing is "
            "joined to line " +
            lines_text(notes.ambiguous_lines));
    }
    if (!notes.other_level_lines.empty()) {
        say("measurements at another level than L3 are not used, line " +
            lines_text(notes.other_level_lines));
    }
    if (notes.failed_rows > 0) {
        say(std::to_string(notes.failed_rows) + " of " + std::to_string(notes.rows) +
            " patients have no risk; the column detail says why");
    }
}

using Pieces = std::function<void(std::string_view)>;

int print_table(const RiskOptions& options,
                const std::function<RiskTableNotes(const Pieces&)>& write_table,
                const std::string& absent) {
    RiskTableNotes notes;
    if (options.output.empty()) {
        notes = write_table([](std::string_view piece) { std::cout << piece; });
    } else {
        write_file_with(options.output, [&](const std::filesystem::path& temporary) {
            std::ofstream stream(temporary, std::ios::binary);
            notes = write_table([&](std::string_view piece) { stream << piece; });
            if (!stream.flush()) {
                throw Error(ErrorCode::output_not_writable,
                            "cannot write " + options.output.string());
            }
        });
    }
    tell(notes, absent);
    return notes.failed_rows > 0 ? kExitSomeFailed : 0;
}

int print_patient(const RiskOptions& options, RiskEstimator& estimator) {
    const auto values = single_patient(options.input, estimator.model());
    const RiskEstimate estimate = estimator.estimate(values);
    if (const std::string otherwise = measured_otherwise(options.input, estimator.model());
        !otherwise.empty()) {
        std::cerr << "paraspinal: " << otherwise << '\n';
    }
    const auto contributions = risk_contributions(estimator.model(), values);
    if (!options.picture.empty()) {
        write_figure(options.picture,
                     contributions_svg(estimator.model(), estimate, contributions));
    }
    const std::string text = risk_text(estimator.model(), estimate, contributions);
    deliver(options.output, text);
    return 0;
}

bool is_for_one_patient(const RiskOptions& options) {
    return options.format == "text" || !options.picture.empty() ||
           (options.format.empty() && is_json_file(options.input.clinical));
}

int run_points(const RiskOptions& options) {
    const PointsScore score = load_points_score(options.model);
    if (!options.picture.empty()) {
        throw Error(ErrorCode::usage, "a score of points has no picture of contributions");
    }
    if (!is_for_one_patient(options)) {
        return print_table(
            options,
            [&](const Pieces& write) { return write_points_table(options.input, score, write); },
            "missing");
    }
    const std::vector<std::optional<double>> values =
        plain_values(single_patient(options.input, columns_of(score)));
    deliver(options.output, points_text(score, estimate_points(score, values), values));
    return 0;
}

int run_risk(const RiskOptions& options) {
    if (options.input.clinical.empty() && options.input.measurements.empty()) {
        throw Error(ErrorCode::usage, "give --clinical FILE, --measurements FILE or both");
    }
    if (is_points_score(options.model)) {
        return run_points(options);
    }
    RiskEstimator estimator(load_risk_model(options.model));
    if (is_for_one_patient(options)) {
        return print_patient(options, estimator);
    }
    return print_table(
        options,
        [&](const Pieces& write) { return write_risk_table(options.input, estimator, write); },
        "integrated out");
}

}  // namespace

void add_risk(CLI::App& app, Run& run) {
    const auto options = std::make_shared<RiskOptions>();
    CLI::App* const command =
        app.add_subcommand("risk", "Risk of a new fracture, for a patient or a table");
    command->add_option("--model", options->model, "Built-in model or model card")
        ->type_name("NAME|FILE")
        ->capture_default_str();
    command->add_option("--clinical", options->input.clinical, "Clinical values, a table or JSON")
        ->type_name("FILE");
    add_table_flags(*command, options->input.reading);
    command
        ->add_option("--measurements",
                     options->input.measurements,
                     "measurements.csv of 'measure', joined by key")
        ->type_name("FILE");
    command->add_option("-o,--output", options->output, "Write here, not to standard output")
        ->type_name("FILE");
    command->add_option("--format", options->format, "text (one patient) or csv")
        ->check(CLI::IsMember({"text", "csv"}))
        ->type_name("NAME");
    command->add_option("--picture", options->picture, "Contributions of one patient")
        ->type_name("FILE");
    command->footer(kFooter);
    command->final_callback([options, &run] { run = [options] { return run_risk(*options); }; });
}

}  // namespace paraspinal
