// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/cohort_models.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/tables/statistics_text.h"

#include <algorithm>
#include <cmath>

namespace paraspinal {
namespace {

constexpr double kEventsPerVariable = 10;

IntervalEstimate odds_ratio_of(const IntervalEstimate& logits) {
    return {.value = std::exp(logits.value),
            .low = std::exp(logits.low),
            .high = std::exp(logits.high)};
}

RegressionData single(const RegressionData& data, std::size_t predictor) {
    RegressionData one{.names = {data.names[predictor]}, .event = data.event};
    for (std::size_t row = 0; row < data.event.size(); ++row) {
        one.x.push_back(data.x[row * data.names.size() + predictor]);
    }
    return one;
}

IntervalEstimate interval(const RegressionData& data,
                          const LogisticFit& fit,
                          std::size_t term,
                          const RegressionOptions& options) {
    if (!options.profile && !options.firth && !fit.separated) {
        return wald_interval(fit, term);
    }
    IntervalEstimate profile = profile_interval(data, fit, term, {.firth = options.firth});
    if (std::isinf(profile.low) || std::isinf(profile.high)) {
        // Separated: the likelihood grows without end.
        profile.value = std::isinf(profile.high) ? profile.high : profile.low;
    }
    return profile;
}

std::vector<std::string> univariable_cells(const RegressionData& data,
                                           std::size_t predictor,
                                           const RegressionOptions& options) {
    const RegressionData one = single(data, predictor);
    const LogisticFit fit = fit_logistic(one, {.firth = options.firth});
    return {interval_text(odds_ratio_of(interval(one, fit, 1, options)), 3),
            p_value_text(wald_p(fit, 1), options.exact)};
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
    if (fit.separated) {
        warnings.emplace_back(
            "SEPARATION: some combination of predictors splits the outcomes; the estimates do not "
            "exist. Use --firth");
    } else if (!fit.converged) {
        warnings.emplace_back("the regression did not converge");
    }
    return warnings;
}

LogisticTables logistic_cohort(const CohortTable& cohort, const RegressionOptions& options) {
    const CompleteCases cases = complete_cases(cohort, options.outcome, options.predictors);
    const LogisticFit fit = fit_logistic(cases.data, {.firth = options.firth});
    LogisticTables tables{.table = {.columns = {"predictor",
                                                "univariable OR (95 % CI)",
                                                "P",
                                                "B",
                                                "SE",
                                                "Wald",
                                                "P (multivariable)",
                                                "OR (95 % CI)"}},
                          .warnings = regression_warnings(cases, fit)};
    for (std::size_t i = 0; i < cases.data.names.size(); ++i) {
        const std::size_t term = i + 1;
        const double b = fit.coefficient[term];
        const double se = std::sqrt(fit.covariance[term * fit.coefficient.size() + term]);
        std::vector<std::string> cells{cases.data.names[i]};
        for (std::string& cell : univariable_cells(cases.data, i, options)) {
            cells.push_back(std::move(cell));
        }
        cells.push_back(fixed_text(b, 3));
        cells.push_back(fixed_text(se, 3));
        cells.push_back(fixed_text(b * b / (se * se), 3));
        cells.push_back(p_value_text(wald_p(fit, term), options.exact));
        cells.push_back(interval_text(odds_ratio_of(interval(cases.data, fit, term, options)), 3));
        tables.table.rows.push_back(std::move(cells));
    }
    return tables;
}

std::vector<RocFactor> roc_cohort(const CohortTable& cohort,
                                  const std::string& outcome,
                                  const std::vector<std::string>& factors) {
    std::vector<RocFactor> result;
    for (const std::string& factor : factors) {
        const CompleteCases cases = complete_cases(cohort, outcome, {factor});
        result.push_back({.name = cases.data.names.front(),
                          .roc = roc_analysis({.score = cases.data.x, .event = cases.data.event}),
                          .patients = cases.rows.size()});
    }
    return result;
}

TextTable roc_table(const std::vector<RocFactor>& factors) {
    TextTable table{.columns = {"factor",
                                "n",
                                "AUC (95 % CI)",
                                "positive if",
                                "sens",
                                "spec",
                                "PPV",
                                "NPV",
                                "accuracy"}};
    for (const RocFactor& factor : factors) {
        const RocAnalysis& roc = factor.roc;
        table.rows.push_back({factor.name,
                              std::to_string(factor.patients),
                              interval_text(roc.auc, 3),
                              (roc.larger_means_event ? "> " : "< ") +
                                  shortest_text(std::round(roc.youden.cutoff * 1e6) / 1e6),
                              percent_text(roc.youden.sensitivity, 1),
                              percent_text(roc.youden.specificity, 1),
                              percent_text(roc.positive_predictive_value, 1),
                              percent_text(roc.negative_predictive_value, 1),
                              percent_text(roc.accuracy, 1)});
    }
    return table;
}

}  // namespace paraspinal
