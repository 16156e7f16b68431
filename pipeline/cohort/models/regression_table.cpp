// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/regression_table.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/cohort/design_columns.h"
#include "pipeline/cohort/models/cohort_models.h"
#include "pipeline/cohort/models/regression_terms.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/statistics/regression_summary.h"

#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

namespace paraspinal {
namespace {

// A univariable regression that may not exist: a predictor that is constant among its patients.
struct Univariable {
    std::optional<Regression> regression;
    std::string reason;
};

Univariable univariable(const CohortTable& cohort,
                        const DesignPredictor& predictor,
                        const RegressionOptions& options) {
    try {
        return {.regression = regression_of(cohort, predictor.columns, options), .reason = {}};
    } catch (const Error& error) {
        return {.regression = std::nullopt, .reason = error.message()};
    }
}

std::string number(const std::optional<double>& value, bool exact) {
    // No dash for machines: CSV cells that a spreadsheet could take for a formula get a quote.
    return !value  ? (exact ? "" : "-")
           : exact ? shortest_text(*value)
                   : scaled_text(*value, std::abs(*value), 3);
}

std::vector<std::string> full(const IntervalEstimate& estimate) {
    return {full_text(estimate.value), full_text(estimate.low), full_text(estimate.high)};
}

IntervalEstimate exponentiated(const IntervalEstimate& logits) {
    return {.value = std::exp(logits.value),
            .low = std::exp(logits.low),
            .high = std::exp(logits.high)};
}

// The odds ratio of one unit or, where the unit of a number is so large or small beside its spread
// that nobody can read it, of one standard deviation.
OddsRatio shown_odds(const IntervalEstimate& logits, double sd) {
    constexpr double kFlat = 1e-3;  // Logits: an odds ratio of 1.000.
    const bool flat = std::abs(logits.value) < kFlat && logits.high - logits.low < kFlat;
    const IntervalEstimate per_sd{
        .value = sd * logits.value, .low = sd * logits.low, .high = sd * logits.high};
    if ((flat || is_extreme_ratio(logits)) && !is_extreme_ratio(per_sd)) {
        return {.name = {}, .logits = per_sd, .text = ratio_text(per_sd, 3) + " per SD"};
    }
    return {.name = {}, .logits = logits, .text = ratio_text(logits, 3)};
}

// What the whole table needs beside its rows.
struct Context {
    const Regression& together;
    const RegressionSummary& summary;
    const std::vector<double>& inflation;
    const std::vector<std::string>& warnings;
    bool exact = false;
};

void append(std::vector<std::string>& cells, const std::vector<std::string>& more) {
    cells.insert(cells.end(), more.begin(), more.end());
}

std::vector<std::string> machine_cells(const Context& context,
                                       const std::optional<Term>& alone,
                                       const Univariable& single,
                                       const Term& term,
                                       std::optional<double> inflation) {
    const std::vector<std::string> nothing(3);
    std::vector<std::string> cells;
    cells.push_back(single.regression ? std::to_string(single.regression->cases.rows.size()) : "");
    append(cells, alone ? full(exponentiated(alone->logits)) : nothing);
    append(cells, full(term.logits));
    append(cells, full(exponentiated(term.logits)));
    cells.push_back(inflation ? shortest_text(*inflation) : "");
    cells.push_back(std::to_string(context.summary.patients));
    cells.push_back(std::to_string(context.summary.events));
    cells.push_back(interval_kind(context.together));
    cells.push_back(joined(context.warnings, "; "));
    return cells;
}

std::vector<std::string> row_of(const Context& context,
                                std::size_t term_place,
                                const Univariable& single,
                                std::size_t single_place) {
    const Term term = term_of(context.together, term_place);
    std::optional<Term> alone;
    if (single.regression) {
        alone = term_of(*single.regression, single_place);
    }
    const std::string n =
        single.regression ? std::to_string(single.regression->cases.rows.size()) : "";
    const double inflation = context.inflation[term_place - 1];
    std::vector<std::string> cells{
        context.together.cases.data.names[term_place - 1],
        alone ? shown_odds(alone->logits, alone->sd).text + " (n " + n + ")" : single.reason,
        alone ? p_value_text(alone->test.p, context.exact) : number({}, context.exact)};
    const bool exists = term.standard_error.has_value();
    cells.push_back(
        number(exists ? std::optional(context.together.fit.coefficient[term_place]) : std::nullopt,
               context.exact));
    cells.push_back(number(term.standard_error, context.exact));
    cells.push_back(number(term.test.statistic, context.exact));
    cells.push_back(p_value_text(term.test.p, context.exact));
    cells.push_back(shown_odds(term.logits, term.sd).text);
    cells.push_back(fixed_text(inflation, 1));
    if (context.exact) {
        append(cells, machine_cells(context, alone, single, term, inflation));
    }
    return cells;
}

OddsRatio odds_ratio_of(const Regression& together, std::size_t place) {
    const Term term = term_of(together, place);
    OddsRatio odds = shown_odds(term.logits, term.sd);
    odds.name = together.cases.data.names[place - 1];
    return odds;
}

// The intercept of FLIC with Firth's penalty; it has no odds ratio.
std::vector<std::string> intercept_row(const Context& context, std::size_t width) {
    LogisticOptions options = context.together.options;
    options.flic = options.firth;
    const LogisticFit fit =
        options.flic ? fit_logistic(context.together.cases.data, options) : context.together.fit;
    const std::string none;
    std::vector<std::string> cells{options.flic ? "(intercept, FLIC)" : "(intercept)", none, none};
    if (fit.separated) {
        append(cells, std::vector<std::string>(4, number({}, context.exact)));
    } else {
        const double error = std::sqrt(fit.covariance.front());
        const double b = fit.coefficient.front();
        append(cells,
               {number(b, context.exact),
                number(error, context.exact),
                number(b * b / (error * error), context.exact),
                p_value_text(wald_p(fit, 0), context.exact)});
    }
    cells.resize(width);
    return cells;
}

// Tests of all classes of a predictor together.
std::vector<std::string> factor_notes(const Context& context, const Design& design) {
    std::vector<std::string> notes;
    std::size_t term = 1;
    for (const DesignPredictor& predictor : design.predictors) {
        std::vector<std::size_t> terms;
        for (std::size_t i = 0; i < predictor.columns.size(); ++i) {
            terms.push_back(term++);
        }
        if (terms.size() > 1) {
            const Regression& together = context.together;
            const TestResult test =
                likelihood_ratio_test(together.cases.data, together.fit, terms, together.options);
            notes.push_back(predictor.name + ", all classes together: chi-square " +
                            fixed_text(*test.statistic, 2) + " on " +
                            fixed_text(*test.degrees_of_freedom, 0) + ", P " +
                            p_value_text(test.p, false) + " (" + test.method + ")");
        }
    }
    return notes;
}

std::vector<std::string> notes_of(const Context& context,
                                  const Design& design,
                                  const RegressionOptions& options) {
    const RegressionSummary& summary = context.summary;
    std::vector<std::string> notes = context.warnings;
    notes.push_back(
        std::to_string(summary.patients) + " patients, " + std::to_string(summary.events) +
        " with " + options.outcome + ". All predictors together: chi-square " +
        fixed_text(*summary.test.statistic, 2) + " on " +
        fixed_text(*summary.test.degrees_of_freedom, 0) + ", P " +
        p_value_text(summary.test.p, false) + " (" + summary.test.method + ")" +
        (summary.nagelkerke_r2 ? "; Nagelkerke R2 " + fixed_text(*summary.nagelkerke_r2, 3)
                               : std::string()) +
        ".");
    notes.push_back("OR: odds of " + options.outcome +
                    " = yes for one unit more of a number, or yes against no. Multivariable "
                    "intervals and P: " +
                    interval_kind(context.together) +
                    (context.together.by_likelihood ? ", likelihood-ratio test" : "") +
                    "; univariable ones on all patients with that predictor (n).");
    for (std::string& note : factor_notes(context, design)) {
        notes.push_back(std::move(note));
    }
    return notes;
}

std::vector<std::string> header_of(const Regression& together, bool exact) {
    std::vector<std::string> columns{"predictor",
                                     "univariable OR (95 % CI)",
                                     "P",
                                     "B",
                                     "SE",
                                     together.by_likelihood ? "LR" : "Wald",
                                     "P (multivariable)",
                                     "OR (95 % CI)",
                                     "VIF"};
    if (exact) {
        append(columns,
               {"n_univariable",
                "univariable_or",
                "univariable_or_low",
                "univariable_or_high",
                "b",
                "b_low",
                "b_high",
                "or",
                "or_low",
                "or_high",
                "vif",
                "n",
                "events",
                "interval",
                "warning"});
    }
    return columns;
}

}  // namespace

LogisticTables logistic_cohort(const CohortTable& cohort, const RegressionOptions& options) {
    const Design design = design_of(cohort, options.predictors, options.reference);
    const Regression together = regression_of(design.cohort, columns_of(design), options);
    const RegressionData& data = together.cases.data;
    LogisticTables tables{.table = {.columns = header_of(together, options.exact)},
                          .warnings = regression_warnings(together.cases, together.fit)};
    const RegressionSummary summary = summarize_regression(data, together.fit, together.options);
    const std::vector<double> inflation = variance_inflation(data);
    const Context context{.together = together,
                          .summary = summary,
                          .inflation = inflation,
                          .warnings = tables.warnings,
                          .exact = options.exact};
    std::size_t term = 1;
    for (const DesignPredictor& predictor : design.predictors) {
        const Univariable single = univariable(design.cohort, predictor, options);
        for (std::size_t i = 1; i <= predictor.columns.size(); ++i) {
            tables.ratios.push_back(odds_ratio_of(together, term));
            tables.table.rows.push_back(row_of(context, term++, single, i));
        }
    }
    tables.table.rows.push_back(intercept_row(context, tables.table.columns.size()));
    tables.table.notes = notes_of(context, design, options);
    return tables;
}

}  // namespace paraspinal
