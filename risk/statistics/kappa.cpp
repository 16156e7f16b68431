// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/kappa.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"
#include "risk/statistics/proportion.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace paraspinal {
namespace {

double sum_of(const std::vector<std::int64_t>& counts) {
    return static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}));
}

// 1 on the diagonal; how nearly two classes agree.
double weight(std::size_t row, std::size_t col, std::size_t classes, KappaWeights weights) {
    if (row == col) {
        return 1;
    }
    if (weights == KappaWeights::none) {
        return 0;
    }
    const double apart = std::abs(static_cast<double>(row) - static_cast<double>(col)) /
                         static_cast<double>(classes - 1);
    return 1 - (weights == KappaWeights::linear ? apart : apart * apart);
}

IntervalEstimate within_bounds(double value, double variance) {
    const double reach = normal_reach(kConfidence) * std::sqrt(std::max(0.0, variance));
    return {
        .value = value, .low = std::max(-1.0, value - reach), .high = std::min(1.0, value + reach)};
}

// Of raters who agreed about everybody the variance is 0, which says nothing of the next subject:
// the share that agrees is then as large as Wilson's interval of so many has it at least.
IntervalEstimate of_full_agreement(std::size_t subjects, double by_chance) {
    const auto n = static_cast<std::int64_t>(subjects);
    const double least = wilson_interval({.with = n, .all = n}).low;
    return {.value = 1, .low = std::max(-1.0, (least - by_chance) / (1 - by_chance)), .high = 1};
}

bool has_one_class(const std::vector<double>& counts, double all) {
    return std::ranges::find(counts, all) != counts.end();
}

}  // namespace

std::optional<IntervalEstimate> cohen_kappa(const RatingCounts& counts, KappaWeights weights) {
    const std::size_t classes = counts.size();
    double all = 0;
    std::vector<double> of_row(classes);
    std::vector<double> of_col(classes);
    for (std::size_t i = 0; i < classes; ++i) {
        if (counts[i].size() != classes) {
            throw Error(ErrorCode::invalid_value, "kappa needs a square table of counts");
        }
        of_row[i] = sum_of(counts[i]);
        all += of_row[i];
        for (std::size_t j = 0; j < classes; ++j) {
            of_col[j] += static_cast<double>(counts[i][j]);
        }
    }
    if (!(all > 0)) {
        throw Error(ErrorCode::invalid_value, "kappa needs a subject that both have rated");
    }
    // Mean weight of each row and column by chance, and of what was seen.
    std::vector<double> mean_of_row(classes);
    std::vector<double> mean_of_col(classes);
    double seen = 0;
    double by_chance = 0;
    for (std::size_t i = 0; i < classes; ++i) {
        for (std::size_t j = 0; j < classes; ++j) {
            const double w = weight(i, j, classes, weights);
            mean_of_row[i] += w * of_col[j] / all;
            mean_of_col[j] += w * of_row[i] / all;
            seen += w * static_cast<double>(counts[i][j]) / all;
            by_chance += w * of_row[i] * of_col[j] / (all * all);
        }
    }
    if (has_one_class(of_row, all) || has_one_class(of_col, all)) {
        return std::nullopt;
    }
    double alike = 0;
    for (std::size_t i = 0; i < classes; ++i) {
        alike += static_cast<double>(counts[i][i]);
    }
    if (alike == all) {
        return of_full_agreement(static_cast<std::size_t>(all), by_chance);
    }
    const double kappa = (seen - by_chance) / (1 - by_chance);
    double spread = 0;
    for (std::size_t i = 0; i < classes; ++i) {
        for (std::size_t j = 0; j < classes; ++j) {
            const double deviation =
                weight(i, j, classes, weights) - (mean_of_row[i] + mean_of_col[j]) * (1 - kappa);
            spread += static_cast<double>(counts[i][j]) / all * deviation * deviation;
        }
    }
    const double center = kappa - by_chance * (1 - kappa);
    return within_bounds(kappa, (spread - center * center) / (all * std::pow(1 - by_chance, 2)));
}

std::optional<IntervalEstimate> fleiss_kappa(const RatingCounts& subjects) {
    if (subjects.empty()) {
        throw Error(ErrorCode::invalid_value, "Fleiss' kappa needs subjects");
    }
    const auto n = static_cast<double>(subjects.size());
    const double raters = sum_of(subjects.front());
    const std::size_t classes = subjects.front().size();
    std::vector<double> share(classes);
    for (const std::vector<std::int64_t>& subject : subjects) {
        if (subject.size() != classes || sum_of(subject) != raters || raters < 2) {
            throw Error(ErrorCode::invalid_value,
                        "Fleiss' kappa needs subjects that the same number of raters have rated");
        }
        for (std::size_t q = 0; q < classes; ++q) {
            share[q] += static_cast<double>(subject[q]) / (n * raters);
        }
    }
    const double by_chance = std::inner_product(share.begin(), share.end(), share.begin(), 0.0);
    // By counts: shares of one class need not add up to 1 exactly.
    const auto used = std::ranges::count_if(share, [](double part) { return part > 0; });
    if (subjects.size() < 2 || used < 2) {
        return std::nullopt;
    }
    std::vector<double> agreeing;  // Of each subject, the share of pairs of raters who agree.
    std::vector<double> expected;  // Of each subject, its part of the agreement by chance.
    for (const std::vector<std::int64_t>& subject : subjects) {
        double pairs = 0;
        double chance = 0;
        for (std::size_t q = 0; q < classes; ++q) {
            const auto count = static_cast<double>(subject[q]);
            pairs += count * (count - 1) / (raters * (raters - 1));
            chance += share[q] * count / raters;
        }
        agreeing.push_back(pairs);
        expected.push_back(chance);
    }
    if (std::ranges::all_of(agreeing, [](double pairs) { return pairs == 1; })) {
        return of_full_agreement(subjects.size(), by_chance);
    }
    const double seen = std::accumulate(agreeing.begin(), agreeing.end(), 0.0) / n;
    const double kappa = (seen - by_chance) / (1 - by_chance);
    double spread = 0;
    for (std::size_t i = 0; i < subjects.size(); ++i) {
        const double own = (agreeing[i] - by_chance) / (1 - by_chance) -
                           2 * (1 - kappa) * (expected[i] - by_chance) / (1 - by_chance);
        spread += std::pow(own - kappa, 2);
    }
    return within_bounds(kappa, spread / (n * (n - 1)));
}

}  // namespace paraspinal
