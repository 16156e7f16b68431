// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/script/analysis_plan.h"

#include "core/text.h"
#include "pipeline/report/tables/measurement_columns.h"
#include "risk/model/load_risk_model.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string_view>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 4> kMuscles{"csa_cm2", "vb_cm2", "fa_cm2", "fdr_pct"};

// Whether a column is one of measurements.csv, however it came into the table.
bool is_of_measurements(const CohortColumn& column) {
    return std::ranges::find(measurement_column_table(), column.name, &MeasurementColumn::name) !=
           measurement_column_table().end();
}

bool is_in_data(const CohortColumn& column) {
    if (is_of_measurements(column)) {
        return column.kind == ColumnKind::number &&
               std::ranges::find(kIdentityColumns, column.name) == kIdentityColumns.end();
    }
    return column.kind != ColumnKind::empty && is_summarized(column.kind);
}

// Fractures and scores after treatment, as the contract names them.
bool is_after_treatment(const CohortColumn& column, const AnalysisOptions& options) {
    const std::string name = lower_case(column.name);
    return name == lower_case(options.outcome) || name == lower_case(options.follow_up) ||
           name.ends_with("_fracture") || name.ends_with("_post");
}

const CohortColumn* column_called(const CohortTable& cohort, std::string_view name) {
    const auto found = std::ranges::find(cohort.columns, name, &CohortColumn::name);
    return found != cohort.columns.end() && is_in_data(*found) ? &*found : nullptr;
}

std::vector<std::string> usual_predictors(const CohortTable& cohort, const std::string& outcome) {
    std::vector<std::string> names;
    for (const Predictor& predictor : load_risk_model("yang2025").predictors) {
        if (predictor.key != outcome && column_called(cohort, predictor.key) != nullptr) {
            names.push_back(predictor.key);
        }
    }
    return names;
}

// A number for every row, the same for those of one patient.
CohortColumn patient_numbers(const CohortTable& cohort) {
    const auto ids = std::ranges::find(cohort.columns, "patient_id", &CohortColumn::name);
    CohortColumn column{.name = "patient_number",
                        .header = "patient_number",
                        .label = "Patient",
                        .kind = ColumnKind::number};
    std::map<std::string, double> seen;
    double patients = 0;
    for (std::size_t row = 0; row < cohort.patients; ++row) {
        const std::string id = ids == cohort.columns.end() ? std::string() : ids->texts[row];
        const double number =
            id.empty() ? patients + 1 : seen.try_emplace(id, patients + 1).first->second;
        patients = std::max(patients, number);
        column.numbers.emplace_back(number);
    }
    return column;
}

std::string cell_of(const CohortColumn& column, std::size_t row) {
    return column.numbers.empty() ? column.texts[row]
           : column.numbers[row]  ? shortest_text(*column.numbers[row])
                                  : std::string();
}

}  // namespace

AnalysisPlan plan_analysis(const CohortTable& cohort, const AnalysisOptions& options) {
    AnalysisPlan plan{.outcome = options.outcome, .follow_up = options.follow_up};
    if (options.outcome != AnalysisOptions().outcome) {
        plan.outcome = cohort_column(cohort, options.outcome).name;
        outcome_of(cohort, plan.outcome);
    }
    for (const std::string& name : options.predictors) {
        plan.predictors.push_back(shown_column(cohort, name).name);
    }
    if (options.predictors.empty()) {
        plan.predictors = usual_predictors(cohort, plan.outcome);
    }
    std::ranges::copy_if(
        plan.predictors, std::back_inserter(plan.factors), [&](const std::string& name) {
            return !cohort_column(cohort, name).numbers.empty();
        });
    for (const std::string_view name : kMuscles) {
        if (column_called(cohort, name) != nullptr) {
            plan.muscles.emplace_back(name);
        }
    }
    for (const CohortColumn& column : cohort.columns) {
        if (is_in_data(column) && !is_of_measurements(column)) {
            (is_after_treatment(column, options) ? plan.after : plan.characteristics)
                .push_back(column.name);
        }
    }
    return plan;
}

CohortTable analysis_cohort(const CohortTable& cohort) {
    CohortTable data{.patients = cohort.patients, .columns = {patient_numbers(cohort)}};
    std::ranges::copy_if(cohort.columns, std::back_inserter(data.columns), is_in_data);
    return data;
}

TextTable analysis_data(const CohortTable& data) {
    TextTable table;
    table.rows.resize(data.patients);
    for (const CohortColumn& column : data.columns) {
        table.columns.push_back(column.name);
        for (std::size_t row = 0; row < data.patients; ++row) {
            table.rows[row].push_back(cell_of(column, row));
        }
    }
    return table;
}

}  // namespace paraspinal
