// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/regression_terms.h"

#include <array>
#include <cmath>

namespace paraspinal {
namespace {

double sd_of_term(const RegressionData& data, std::size_t term) {
    std::vector<double> values;
    for (std::size_t row = 0; row < data.event.size(); ++row) {
        values.push_back(data.x[row * data.names.size() + term - 1]);
    }
    return sample_moments(values).sd;
}

}  // namespace

Regression regression_of(const CohortTable& cohort,
                         const std::vector<std::string>& columns,
                         const RegressionOptions& options) {
    Regression regression{.cases = complete_cases(cohort, options.outcome, columns),
                          .options = {.firth = options.firth}};
    regression.fit = fit_logistic(regression.cases.data, regression.options);
    regression.by_likelihood = options.profile || options.firth || regression.fit.separated;
    return regression;
}

Term term_of(const Regression& regression, std::size_t term) {
    const LogisticFit& fit = regression.fit;
    Term result{.sd = sd_of_term(regression.cases.data, term)};
    const double variance = fit.covariance[term * fit.coefficient.size() + term];
    if (!fit.separated) {
        result.standard_error = std::sqrt(variance);
    }
    if (!regression.by_likelihood) {
        result.logits = wald_interval(fit, term);
        const double b = fit.coefficient[term];
        result.test = {.method = "Wald",
                       .statistic = b * b / variance,
                       .degrees_of_freedom = 1,
                       .p = wald_p(fit, term)};
        return result;
    }
    const RegressionData& data = regression.cases.data;
    result.logits = profile_interval(data, fit, term, regression.options);
    result.test = likelihood_ratio_test(data, fit, std::array{term}, regression.options);
    if (std::isinf(result.logits.low) || std::isinf(result.logits.high)) {
        // Separated: the likelihood grows without end.
        result.logits.value =
            std::isinf(result.logits.high) ? result.logits.high : result.logits.low;
    }
    return result;
}

std::string interval_kind(const Regression& regression) {
    return regression.options.firth   ? "penalized profile likelihood"
           : regression.by_likelihood ? "profile likelihood"
                                      : "Wald";
}

}  // namespace paraspinal
