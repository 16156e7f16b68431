// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/agreement.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"

#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>

namespace paraspinal {
namespace {

constexpr double kUpperTail = 0.975;  // Of a two-sided 95 % interval.
constexpr std::size_t kFewestPairs = 3;
// Beyond these, squares leave the range of double; no measurement is that large or varies that
// little.
constexpr double kLargest = 1e100;
constexpr double kSmallestSpread = 1e-100;

bool is_usable(double value) {
    return std::abs(value) < kLargest;
}

struct Freedom {
    double numerator = 1;
    double denominator = 1;
};

double f_quantile(const Freedom& freedom) {
    return boost::math::quantile(boost::math::fisher_f(freedom.numerator, freedom.denominator),
                                 kUpperTail);
}

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

bool is_constant(std::span<const double> values) {
    const auto [least, most] = std::ranges::minmax(values);
    return most - least < kSmallestSpread;
}

void check(const RatingTable& ratings) {
    const std::size_t raters = ratings.empty() ? 0 : ratings.front().size();
    bool usable = ratings.size() >= kFewestPairs && raters >= 2;
    std::vector<double> all;
    for (const std::vector<double>& row : ratings) {
        usable = usable && row.size() == raters;
        all.insert(all.end(), row.begin(), row.end());
    }
    if (!usable || !std::ranges::all_of(all, is_usable) || is_constant(all)) {
        throw Error(ErrorCode::invalid_value,
                    "intraclass correlation needs 3 targets, 2 raters and numbers that vary");
    }
}

TwoWayMeanSquares mean_squares(const RatingTable& ratings) {
    const auto n = static_cast<double>(ratings.size());
    const auto k = static_cast<double>(ratings.front().size());
    std::vector<double> rater_mean(ratings.front().size(), 0.0);
    for (const std::vector<double>& row : ratings) {
        for (std::size_t rater = 0; rater < row.size(); ++rater) {
            rater_mean[rater] += row[rater] / n;
        }
    }
    const double grand_mean = mean_of(rater_mean);
    TwoWayMeanSquares squares;
    for (const std::vector<double>& row : ratings) {
        const double target_mean = mean_of(row);
        squares.targets += std::pow(target_mean - grand_mean, 2) * k / (n - 1);
        for (std::size_t rater = 0; rater < row.size(); ++rater) {
            const double rest = row[rater] - target_mean - rater_mean[rater] + grand_mean;
            squares.error += rest * rest / ((n - 1) * (k - 1));
        }
    }
    for (const double mean : rater_mean) {
        squares.raters += std::pow(mean - grand_mean, 2) * n / (k - 1);
    }
    return squares;
}

// Written without F ratios, so that an error mean square of zero needs no case of its own.
IntervalEstimate consistency(const TwoWayMeanSquares& ms, double n, double k) {
    const double of_targets = n - 1;
    const double of_error = (n - 1) * (k - 1);
    const auto correlation = [&](double error) {
        return (ms.targets - error) / (ms.targets + (k - 1) * error);
    };
    return {
        .value = correlation(ms.error),
        .low =
            correlation(ms.error * f_quantile({.numerator = of_targets, .denominator = of_error})),
        .high =
            correlation(ms.error / f_quantile({.numerator = of_error, .denominator = of_targets}))};
}

// Satterthwaite's degrees of freedom of the denominator, McGraw and Wong 1996, table 7. They fall
// below k - 1 only where a negative ICC makes the two terms cancel.
double agreement_freedom(const TwoWayMeanSquares& ms, double icc, double n, double k) {
    const double raters = k * icc / (n * (1 - icc)) * ms.raters;
    const double error = (1 + k * icc * (n - 1) / (n * (1 - icc))) * ms.error;
    const double freedom = std::pow(raters + error, 2) /
                           (raters * raters / (k - 1) + error * error / ((n - 1) * (k - 1)));
    return std::max(freedom, k - 1);
}

IntervalEstimate agreement(const TwoWayMeanSquares& ms, double n, double k) {
    const double value = (ms.targets - ms.error) /
                         (ms.targets + (k - 1) * ms.error + k * (ms.raters - ms.error) / n);
    if (value >= 1) {
        return {.value = 1, .low = 1, .high = 1};  // The raters are identical.
    }
    const double freedom = agreement_freedom(ms, value, n, k);
    const double low_f = f_quantile({.numerator = n - 1, .denominator = freedom});
    const double high_f = f_quantile({.numerator = freedom, .denominator = n - 1});
    const double rest = k * ms.raters + (k * n - k - n) * ms.error;
    return {.value = value,
            .low = n * (ms.targets - low_f * ms.error) / (low_f * rest + n * ms.targets),
            .high = n * (high_f * ms.targets - ms.error) / (rest + n * high_f * ms.targets)};
}

IntervalEstimate around(double value, double half_width) {
    return {.value = value, .low = value - half_width, .high = value + half_width};
}

void add_limits(Agreement& result, std::span<const double> differences) {
    const auto n = static_cast<double>(differences.size());
    const SampleMoments moments = sample_moments(differences);
    const double z = normal_reach(kConfidence);
    const double t = boost::math::quantile(boost::math::students_t(n - 1), kUpperTail);
    const double limit_error = moments.sd * std::sqrt(1 / n + z * z / (2 * (n - 1)));
    result.bias = around(moments.mean, t * moments.sd / std::sqrt(n));
    result.lower_limit = around(moments.mean - z * moments.sd, t * limit_error);
    result.upper_limit = around(moments.mean + z * moments.sd, t * limit_error);
    result.sd_difference = moments.sd;
    result.sem = moments.sd / std::numbers::sqrt2;
    result.mdc95 = z * moments.sd;
}

// Moments over n, as Lin defines them; neither side is constant.
IntervalEstimate concordance(const MeasurementPairs& pairs) {
    const auto n = static_cast<double>(pairs.first.size());
    const double mean_first = mean_of(pairs.first);
    const double mean_second = mean_of(pairs.second);
    double var_first = 0;
    double var_second = 0;
    double covariance = 0;
    for (std::size_t i = 0; i < pairs.first.size(); ++i) {
        const double a = pairs.first[i] - mean_first;
        const double b = pairs.second[i] - mean_second;
        var_first += a * a / n;
        var_second += b * b / n;
        covariance += a * b / n;
    }
    const double sd_product = std::sqrt(var_first * var_second);
    const double shift2 = std::pow(mean_first - mean_second, 2);
    const double r = covariance / sd_product;
    const double accuracy = 2 * sd_product / (var_first + var_second + shift2);
    const double ccc = r * accuracy;
    if (std::abs(ccc) >= 1) {
        return around(ccc, 0);
    }
    const double u2 = shift2 / sd_product;
    const double variance = ((1 - r * r) * accuracy * accuracy * (1 - ccc * ccc) +
                             2 * ccc * ccc * accuracy * (1 - ccc) * u2 -
                             ccc * ccc * accuracy * accuracy * u2 * u2 / 2) /
                            (n - 2);
    const double z_error = std::sqrt(std::max(0.0, variance)) / (1 - ccc * ccc);
    const double z_width = normal_reach(kConfidence) * z_error;
    return {.value = ccc,
            .low = std::tanh(std::atanh(ccc) - z_width),
            .high = std::tanh(std::atanh(ccc) + z_width)};
}

}  // namespace

IntraclassCorrelation intraclass_correlation(const RatingTable& ratings) {
    check(ratings);
    const auto n = static_cast<double>(ratings.size());
    const auto k = static_cast<double>(ratings.front().size());
    const TwoWayMeanSquares squares = mean_squares(ratings);
    if (squares.targets + squares.error <= 0) {
        throw Error(ErrorCode::invalid_value, "every rater gave all targets the same rating");
    }
    return {.mean_squares = squares,
            .agreement = agreement(squares, n, k),
            .consistency = consistency(squares, n, k)};
}

Agreement measure_agreement(const MeasurementPairs& pairs) {
    if (pairs.first.size() != pairs.second.size()) {
        throw Error(ErrorCode::internal, "measurements to compare differ in number");
    }
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> differences;
    RatingTable ratings;
    for (std::size_t i = 0; i < pairs.first.size(); ++i) {
        if (is_usable(pairs.first[i]) && is_usable(pairs.second[i])) {
            first.push_back(pairs.first[i]);
            second.push_back(pairs.second[i]);
            differences.push_back(pairs.first[i] - pairs.second[i]);
            ratings.push_back({pairs.first[i], pairs.second[i]});
        }
    }
    Agreement result;
    result.pairs = static_cast<std::int64_t>(first.size());
    result.missing = static_cast<std::int64_t>(pairs.first.size() - first.size());
    if (first.size() < kFewestPairs) {
        result.reason = "too_few_pairs";
        return result;
    }
    result.mean_first = mean_of(first);
    result.mean_second = mean_of(second);
    add_limits(result, differences);
    if (is_constant(first) || is_constant(second)) {
        result.reason = "constant_column";
        return result;
    }
    const IntraclassCorrelation icc = intraclass_correlation(ratings);
    result.icc_agreement = icc.agreement;
    result.icc_consistency = icc.consistency;
    result.ccc = concordance({.first = first, .second = second});
    return result;
}

}  // namespace paraspinal
