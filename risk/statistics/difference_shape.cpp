// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/difference_shape.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

namespace paraspinal {
namespace {

constexpr std::size_t kFewestPairs = 3;

// Mean and mean -+ 1.96 SD.
IntervalEstimate limits_of(const std::vector<double>& values) {
    const SampleMoments moments = sample_moments(values);
    const double reach = normal_reach(kConfidence) * moments.sd;
    return {.value = moments.mean, .low = moments.mean - reach, .high = moments.mean + reach};
}

void add_slope(const std::vector<double>& means,
               const std::vector<double>& differences,
               DifferenceShape& shape) {
    const SampleMoments x = sample_moments(means);
    const SampleMoments y = sample_moments(differences);
    double squares = 0;
    double products = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
        squares += std::pow(means[i] - x.mean, 2);
        products += (means[i] - x.mean) * (differences[i] - y.mean);
    }
    if (!(squares > 0)) {
        return;
    }
    const double slope = products / squares;
    const double freedom = x.n - 2;
    const double rest = std::max(0.0, (y.n - 1) * y.sd * y.sd - slope * products);
    const double error = std::sqrt(rest / freedom / squares);
    const boost::math::students_t distribution(freedom);
    const double reach = boost::math::quantile(distribution, (1 + kConfidence) / 2) * error;
    shape.slope = {.value = slope, .low = slope - reach, .high = slope + reach};
    if (error > 0) {
        shape.slope_p =
            2 * boost::math::cdf(boost::math::complement(distribution, std::abs(slope) / error));
    }
}

}  // namespace

DifferenceShape difference_shape(const MeasurementPairs& pairs) {
    if (pairs.first.size() != pairs.second.size()) {
        throw Error(ErrorCode::internal, "measurements to compare differ in number");
    }
    std::vector<double> means;
    std::vector<double> differences;
    std::vector<double> percents;
    std::vector<double> logarithms;
    for (std::size_t i = 0; i < pairs.first.size(); ++i) {
        const double a = pairs.first[i];
        const double b = pairs.second[i];
        if (!std::isfinite(a) || !std::isfinite(b)) {
            continue;
        }
        means.push_back((a + b) / 2);
        differences.push_back(a - b);
        if (a + b > 0) {
            percents.push_back(100 * (a - b) / means.back());
        }
        if (a > 0 && b > 0) {
            logarithms.push_back(std::log(a / b));
        }
    }
    DifferenceShape shape;
    if (means.size() < kFewestPairs) {
        return shape;
    }
    add_slope(means, differences, shape);
    if (percents.size() == means.size()) {
        shape.percent = limits_of(percents);
    }
    if (logarithms.size() == means.size()) {
        const IntervalEstimate limits = limits_of(logarithms);
        shape.ratio = {.value = std::exp(limits.value),
                       .low = std::exp(limits.low),
                       .high = std::exp(limits.high)};
    }
    return shape;
}

}  // namespace paraspinal
