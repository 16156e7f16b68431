// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/roc_table.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/cohort/models/cohort_models.h"
#include "pipeline/tables/statistics_text.h"
#include "risk/model/validate_model.h"

#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

RocFactor analyzed(const std::string& name,
                   const ScoredPatients& patients,
                   const RocOptions& options) {
    return {.name = name,
            .roc = roc_analysis(patients),
            .cutoff = youden_cutoff_interval(patients, options.cutoffs),
            .is_degenerate = has_degenerate_area(patients),
            .patients = patients.score.size()};
}

// The predictions of a logistic model of all factors; they were made of the same patients.
RocFactor combined_factor(const CohortTable& cohort, const RocOptions& options) {
    const CompleteCases cases = complete_cases(cohort, options.outcome, options.factors);
    const LogisticFit fit = fit_logistic(cases.data);
    if (!fit.converged) {
        throw Error(ErrorCode::invalid_value,
                    "the factors together separate the outcomes, so that their model does not "
                    "exist");
    }
    const std::vector<double> risks = predicted_risks(cases.data, fit.coefficient);
    return analyzed("combined: " + joined(cases.data.names, " + "),
                    {.score = risks, .event = cases.data.event},
                    options);
}

std::string percent_interval(const std::optional<IntervalEstimate>& share) {
    if (!share) {
        return "-";
    }
    constexpr double kPercent = 100;
    return fixed_text(kPercent * share->value, 1) + " [" + fixed_text(kPercent * share->low, 1) +
           ", " + fixed_text(kPercent * share->high, 1) + "]";
}

void append_full(std::vector<std::string>& cells, const std::optional<IntervalEstimate>& estimate) {
    cells.push_back(estimate ? full_text(estimate->value) : "");
    cells.push_back(estimate ? full_text(estimate->low) : "");
    cells.push_back(estimate ? full_text(estimate->high) : "");
}

std::vector<std::string> header_of(bool exact) {
    std::vector<std::string> columns{
        "factor", "n", "AUC (95 % CI)", "positive if", "sens", "spec", "PPV", "NPV", "accuracy"};
    if (exact) {
        for (const char* const name :
             {"auc", "cutoff", "sensitivity", "specificity", "ppv", "npv", "accuracy"}) {
            // The accuracy for people has that name already.
            const std::string stem = std::string(name) == "accuracy" ? "accuracy_share" : name;
            columns.push_back(stem);
            columns.push_back(stem + "_low");
            columns.push_back(stem + "_high");
        }
    }
    return columns;
}

// Areas larger than 1/2 whichever way the factor speaks.
std::vector<double> turned(std::vector<double> scores, bool larger_means_event) {
    if (!larger_means_event) {
        for (double& score : scores) {
            score = -score;
        }
    }
    return scores;
}

std::string comparison(const CohortTable& cohort,
                       const std::string& outcome,
                       const RocFactor& first,
                       const RocFactor& second) {
    const CompleteCases cases = complete_cases(cohort, outcome, {first.name, second.name});
    std::vector<double> a;
    std::vector<double> b;
    for (std::size_t row = 0; row < cases.data.event.size(); ++row) {
        a.push_back(cases.data.x[2 * row]);
        b.push_back(cases.data.x[2 * row + 1]);
    }
    a = turned(std::move(a), first.roc.larger_means_event);
    b = turned(std::move(b), second.roc.larger_means_event);
    const AreaComparison result =
        compare_areas({.first = a, .second = b, .event = cases.data.event});
    return "AUC of " + first.name + " - that of " + second.name + ": " +
           interval_text(result.difference, 3) + ", P " + p_value_text(result.test.p, false) +
           " (DeLong, n " + std::to_string(cases.rows.size()) + ")";
}

}  // namespace

std::vector<RocFactor> roc_cohort(const CohortTable& cohort, const RocOptions& options) {
    std::vector<RocFactor> result;
    for (const std::string& factor : options.factors) {
        const CompleteCases cases = complete_cases(cohort, options.outcome, {factor});
        result.push_back(analyzed(
            cases.data.names.front(), {.score = cases.data.x, .event = cases.data.event}, options));
    }
    if (options.combined && options.factors.size() > 1) {
        result.push_back(combined_factor(cohort, options));
    }
    return result;
}

TextTable roc_table(const CohortTable& cohort,
                    const std::vector<RocFactor>& factors,
                    const RocOptions& options) {
    TextTable table{.columns = header_of(options.exact)};
    for (const RocFactor& factor : factors) {
        const RocAnalysis& roc = factor.roc;
        std::vector<std::string> cells{
            factor.name,
            std::to_string(factor.patients),
            interval_text(roc.auc, 3),
            (roc.larger_means_event ? "> " : "< ") + interval_text(factor.cutoff, 2),
            percent_interval(roc.sensitivity),
            percent_interval(roc.specificity),
            percent_interval(roc.positive_predictive_value),
            percent_interval(roc.negative_predictive_value),
            percent_interval(roc.accuracy)};
        if (options.exact) {
            append_full(cells, roc.auc);
            append_full(cells, factor.cutoff);
            append_full(cells, roc.sensitivity);
            append_full(cells, roc.specificity);
            append_full(cells, roc.positive_predictive_value);
            append_full(cells, roc.negative_predictive_value);
            append_full(cells, roc.accuracy);
        }
        table.rows.push_back(std::move(cells));
        if (factor.is_degenerate) {
            table.notes.push_back(factor.name +
                                  ": the outcomes overlap too little for DeLong; the interval of "
                                  "the AUC is Newcombe's");
        }
    }
    table.notes.emplace_back(
        "Percent, with Wilson's 95 % intervals; the cutoff with the middle 95 % of bootstrap "
        "resamples. Cutoff, sensitivity and specificity were chosen on these patients and are too "
        "good for others; PPV and NPV hold for their event rate.");
    if (options.combined && factors.size() > options.factors.size()) {
        table.notes.emplace_back(
            "The combined model was fitted to these patients: its area is too large for others; "
            "'model fit' corrects it for optimism.");
    }
    for (std::size_t i = 1; i < options.factors.size(); ++i) {
        table.notes.push_back(comparison(cohort, options.outcome, factors[0], factors[i]));
    }
    return table;
}

}  // namespace paraspinal
