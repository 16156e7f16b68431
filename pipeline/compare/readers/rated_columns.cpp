// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/readers/rated_columns.h"

#include "core/error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kFewestSubjects = 3;

// A rater who gives everybody the same number leaves no correlation, as with two raters.
bool has_constant_rater(const RatingTable& ratings, std::size_t raters) {
    for (std::size_t rater = 0; rater < raters; ++rater) {
        const bool constant = std::ranges::all_of(ratings, [&](const std::vector<double>& row) {
            return row[rater] == ratings.front()[rater];
        });
        if (constant) {
            return true;
        }
    }
    return false;
}

RatersCorrelation together(const RatedColumn& column) {
    RatersCorrelation result{.column = column.column, .group = column.group};
    const std::size_t subjects = column.ratings.front().size();
    RatingTable ratings;
    for (std::size_t subject = 0; subject < subjects; ++subject) {
        std::vector<double> row;
        for (const std::vector<double>& rater : column.ratings) {
            row.push_back(rater[subject]);
        }
        if (std::ranges::all_of(row, [](double value) { return std::isfinite(value); })) {
            ratings.push_back(std::move(row));
        }
    }
    result.complete = static_cast<std::int64_t>(ratings.size());
    result.missing = static_cast<std::int64_t>(subjects - ratings.size());
    if (ratings.size() < kFewestSubjects) {
        result.reason = "too_few_pairs";
    } else if (has_constant_rater(ratings, column.ratings.size())) {
        result.reason = "constant_column";
    } else {
        result.correlation = intraclass_correlation(ratings);
    }
    return result;
}

}  // namespace

std::string agreement_name(const ColumnAgreement& one) {
    return one.column + (one.group.empty() ? "" : ", " + one.group) +
           (one.raters.empty() ? "" : ", " + one.raters);
}

void add_column(RatedColumn column, TableAgreement& result) {
    const std::size_t raters = result.raters.size();
    if (column.ratings.size() != raters || raters < 2) {
        throw Error(ErrorCode::internal, "a column needs the ratings of each rater");
    }
    if (raters > 2) {
        result.together.push_back(together(column));
    }
    for (std::size_t i = 0; i < raters; ++i) {
        for (std::size_t j = i + 1; j < raters; ++j) {
            const std::string both = result.raters[i] + " - " + result.raters[j];
            const MeasurementPairs pairs{.first = column.ratings[i], .second = column.ratings[j]};
            result.columns.push_back({.column = column.column,
                                      .group = column.group,
                                      .raters = raters > 2 ? both : "",
                                      .difference = both,
                                      .first = column.ratings[i],
                                      .second = column.ratings[j],
                                      .agreement = measure_agreement(pairs),
                                      .shape = difference_shape(pairs)});
        }
    }
}

}  // namespace paraspinal
