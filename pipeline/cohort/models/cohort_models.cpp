// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/cohort_models.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/columns/predictor_columns.h"
#include "pipeline/tables/measured_otherwise.h"
#include "risk/statistics/regression_summary.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace paraspinal {
namespace {

constexpr double kEventsPerVariable = 10;

std::string count_of(std::size_t some, std::size_t all) {
    return std::to_string(some) + " of " + std::to_string(all) + " patients ";
}

std::string measured_otherwise(const CohortTable& cohort, std::size_t row, const RiskModel& model) {
    const auto text_of = [&](std::string_view name) {
        const auto found = std::ranges::find(cohort.columns, name, &CohortColumn::name);
        return found == cohort.columns.end() ? std::string_view()
                                             : std::string_view(found->texts[row]);
    };
    return measured_otherwise(MeasuredHow{.roi = text_of("roi"),
                                          .fat_method = text_of("fat_method"),
                                          .fat_guard = text_of("fat_guard")},
                              model);
}

}  // namespace

CompleteCases complete_cases(const CohortTable& cohort,
                             const std::string& outcome,
                             const std::vector<std::string>& predictors) {
    if (predictors.empty()) {
        throw Error(ErrorCode::usage, "name the predictors with --predictors A,B,...");
    }
    const std::vector<std::optional<std::uint8_t>> events = outcome_of(cohort, outcome);
    std::vector<const CohortColumn*> columns;
    CompleteCases cases;
    for (const std::string& name : predictors) {
        columns.push_back(&cohort_column(cohort, name));
        if (columns.back()->numbers.empty()) {
            throw Error(ErrorCode::usage,
                        "column " + name +
                            (columns.back()->is_asked
                                 ? " holds few whole numbers, which may be classes; declare it as "
                                   "number with --types FILE if it is one"
                                 : " holds no numbers"));
        }
        cases.data.names.push_back(columns.back()->name);
    }
    for (std::size_t row = 0; row < cohort.patients; ++row) {
        const bool complete = events[row] && std::ranges::all_of(columns, [&](const auto* column) {
                                  return column->numbers[row].has_value();
                              });
        if (!complete) {
            ++cases.left_out;
            continue;
        }
        for (const CohortColumn* const column : columns) {
            cases.data.x.push_back(*column->numbers[row]);
        }
        cases.data.event.push_back(*events[row]);
        cases.rows.push_back(row);
        cases.events += *events[row];
    }
    return cases;
}

std::size_t drop_other_levels(CohortTable& cohort) {
    const auto level = std::ranges::find(cohort.columns, "level", &CohortColumn::name);
    const auto source = std::ranges::find(cohort.columns, "level_source", &CohortColumn::name);
    if (level == cohort.columns.end() || source == cohort.columns.end()) {
        return 0;
    }
    const std::vector<std::string> levels = level->texts;
    std::size_t dropped = 0;
    for (std::size_t row = 0; row < cohort.patients; ++row) {
        if (levels[row].empty() || levels[row] == "L3") {
            continue;
        }
        ++dropped;
        for (CohortColumn& column : cohort.columns) {
            if (is_image_value(column.name) && !column.numbers.empty()) {
                column.numbers[row].reset();
                column.texts[row].clear();
            }
        }
    }
    return dropped;
}

ModelPatients model_patients(const CohortTable& cohort,
                             const std::string& outcome,
                             const RiskModel& model) {
    const std::vector<std::optional<std::uint8_t>> events = outcome_of(cohort, outcome);
    ModelPatients patients;
    std::vector<const CohortColumn*> columns;
    for (const Predictor& predictor : model.predictors) {
        const auto found = std::ranges::find_if(cohort.columns, [&](const CohortColumn& column) {
            return lower_case(column.name) == predictor.key;
        });
        columns.push_back(found == cohort.columns.end() ? nullptr : &*found);
        if (columns.back() == nullptr || columns.back()->kind == ColumnKind::empty) {
            columns.back() = nullptr;
            patients.without_column.push_back(predictor.key);
        } else if (columns.back()->numbers.empty()) {
            throw Error(ErrorCode::usage, "column " + predictor.key + " holds no numbers");
        }
    }
    if (patients.without_column.size() == columns.size()) {
        throw Error(ErrorCode::usage, "the table has none of the predictors of " + model.name);
    }
    for (std::size_t row = 0; row < cohort.patients; ++row) {
        if (!events[row]) {
            ++patients.left_out;
            continue;
        }
        std::vector<std::optional<RiskInput>> values(columns.size());
        bool complete = true;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i] != nullptr && columns[i]->numbers[row]) {
                values[i] = RiskInput{.value = *columns[i]->numbers[row]};
            }
            complete = complete && (columns[i] == nullptr || values[i]);
        }
        patients.incomplete += complete ? 0 : 1;
        patients.otherwise += measured_otherwise(cohort, row, model).empty() ? 0 : 1;
        patients.values.push_back(std::move(values));
        patients.event.push_back(*events[row]);
        patients.rows.push_back(row);
    }
    return patients;
}

std::vector<std::string> patients_warnings(const ModelPatients& patients,
                                           const ModelValidation& validation) {
    const std::size_t known = patients.rows.size();
    std::vector<std::string> warnings;
    if (patients.left_out > 0) {
        warnings.push_back(count_of(patients.left_out, known + patients.left_out) +
                           "left out: their outcome is missing");
    }
    for (const std::string& key : patients.without_column) {
        warnings.push_back("no column " + key + ": integrated out for every patient");
    }
    if (patients.incomplete > 0) {
        warnings.push_back(count_of(patients.incomplete, known) +
                           "lack a value, which is integrated out");
    }
    if (patients.otherwise > 0) {
        warnings.push_back(count_of(patients.otherwise, known) +
                           "were measured otherwise than the published CSA and FDR (--roi muscle, "
                           "another fat method)");
    }
    for (const std::size_t place : validation.clamped) {
        warnings.push_back("the risk of patient " + std::to_string(patients.rows[place] + 1) +
                           " is certainty in a computer's numbers; taken as 2.2e-16 from it");
    }
    return warnings;
}

std::vector<std::string> regression_warnings(const CompleteCases& cases, const LogisticFit& fit) {
    std::vector<std::string> warnings;
    if (cases.left_out > 0) {
        warnings.push_back(std::to_string(cases.left_out) + " of " +
                           std::to_string(cases.left_out + cases.rows.size()) +
                           " patients left out: a value is missing (complete-case analysis)");
    }
    const std::size_t fewer = std::min(cases.events, cases.rows.size() - cases.events);
    const double per_variable =
        static_cast<double>(fewer) / static_cast<double>(cases.data.names.size());
    if (per_variable < kEventsPerVariable) {
        warnings.push_back("ONLY " + fixed_text(per_variable, 1) +
                           " EVENTS PER VARIABLE: below 10 the coefficients are unreliable and "
                           "too large");
    }
    std::string collinear;
    const std::vector<double> inflation = variance_inflation(cases.data);
    for (std::size_t i = 0; i < inflation.size(); ++i) {
        if (inflation[i] > kCollinearInflation) {
            collinear += (collinear.empty() ? "" : ", ") + cases.data.names[i];
        }
    }
    if (!collinear.empty()) {
        warnings.push_back("COLLINEAR: " + collinear +
                           " tell nearly the same as other predictors (VIF above 10); their "
                           "coefficients cannot be told apart");
    }
    if (fit.separated) {
        warnings.emplace_back(
            "SEPARATION: some combination of predictors splits the outcomes; the estimates do not "
            "exist. Use --firth");
    } else if (!fit.converged) {
        warnings.emplace_back("the regression did not converge");
    }
    return warnings;
}

}  // namespace paraspinal
