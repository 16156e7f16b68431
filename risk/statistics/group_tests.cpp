// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/statistics/group_tests.h"

#include "core/error.h"
#include "core/interval.h"
#include "core/normal.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace paraspinal {
namespace {

using boost::math::cdf;
using boost::math::complement;
using boost::math::quantile;
using boost::math::students_t;

struct Difference {
    double value = 0;
    double standard_error = 0;
    double degrees_of_freedom = 0;
};

Difference difference(const SampleMoments& first,
                      const SampleMoments& second,
                      bool equal_variances) {
    if (first.n < 2 || second.n < 2 || (first.sd <= 0 && second.sd <= 0)) {
        throw Error(ErrorCode::invalid_value,
                    "a t test needs two values a group and some spread in one of them");
    }
    const double a = first.sd * first.sd;
    const double b = second.sd * second.sd;
    Difference result{.value = first.mean - second.mean};
    if (equal_variances) {
        result.degrees_of_freedom = first.n + second.n - 2;
        const double pooled = ((first.n - 1) * a + (second.n - 1) * b) / result.degrees_of_freedom;
        result.standard_error = std::sqrt(pooled * (1 / first.n + 1 / second.n));
        return result;
    }
    const double u = a / first.n;
    const double v = b / second.n;
    result.standard_error = std::sqrt(u + v);
    result.degrees_of_freedom =
        (u + v) * (u + v) / (u * u / (first.n - 1) + v * v / (second.n - 1));
    return result;
}

TestResult t_test(const Difference& difference, const char* method) {
    const double t = difference.value / difference.standard_error;
    const students_t distribution(difference.degrees_of_freedom);
    return {.method = method,
            .statistic = t,
            .degrees_of_freedom = difference.degrees_of_freedom,
            .p = 2 * cdf(complement(distribution, std::abs(t)))};
}

// P values in ascending order with their places.
std::vector<std::size_t> ascending_places(std::span<const double> p_values) {
    std::vector<std::size_t> places(p_values.size());
    std::iota(places.begin(), places.end(), 0U);
    std::ranges::stable_sort(
        places, [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
    return places;
}

}  // namespace

SampleMoments sample_moments(std::span<const double> values) {
    SampleMoments moments{.n = static_cast<double>(values.size())};
    if (values.empty()) {
        return moments;
    }
    moments.mean = std::accumulate(values.begin(), values.end(), 0.0) / moments.n;
    double squares = 0;
    for (const double value : values) {
        squares += (value - moments.mean) * (value - moments.mean);
    }
    moments.sd = values.size() > 1 ? std::sqrt(squares / (moments.n - 1)) : 0;
    return moments;
}

double skewness(std::span<const double> values) {
    const SampleMoments moments = sample_moments(values);
    double cubes = 0;
    double squares = 0;
    for (const double value : values) {
        cubes += std::pow(value - moments.mean, 3);
        squares += std::pow(value - moments.mean, 2);
    }
    const double variance = squares / moments.n;
    return variance > 0 ? cubes / moments.n / std::pow(variance, 1.5) : 0;
}

TestResult student_t_test(const SampleMoments& first, const SampleMoments& second) {
    return t_test(difference(first, second, true), "Student t");
}

TestResult welch_t_test(const SampleMoments& first, const SampleMoments& second) {
    return t_test(difference(first, second, false), "Welch t");
}

IntervalEstimate mean_difference(const SampleMoments& first,
                                 const SampleMoments& second,
                                 bool equal_variances) {
    const Difference found = difference(first, second, equal_variances);
    const double reach =
        quantile(students_t(found.degrees_of_freedom), 0.975) * found.standard_error;
    return {.value = found.value, .low = found.value - reach, .high = found.value + reach};
}

IntervalEstimate hedges_g(const SampleMoments& first, const SampleMoments& second) {
    const Difference found = difference(first, second, true);
    const double per_size = 1 / first.n + 1 / second.n;
    const double d = found.value / (found.standard_error / std::sqrt(per_size));
    const double g = d * (1 - 3 / (4 * found.degrees_of_freedom - 1));
    const double error = std::sqrt(per_size + g * g / (2 * (first.n + second.n)));
    const double reach = normal_reach(kConfidence) * error;
    return {.value = g, .low = g - reach, .high = g + reach};
}

std::vector<double> holm_adjusted(std::span<const double> p_values) {
    std::vector<double> adjusted(p_values.size());
    double largest = 0;
    auto remaining = static_cast<double>(p_values.size());
    for (const std::size_t place : ascending_places(p_values)) {
        largest = std::max(largest, std::min(1.0, remaining * p_values[place]));
        adjusted[place] = largest;
        remaining -= 1;
    }
    return adjusted;
}

std::vector<double> benjamini_hochberg_adjusted(std::span<const double> p_values) {
    std::vector<double> adjusted(p_values.size());
    const std::vector<std::size_t> places = ascending_places(p_values);
    const auto count = static_cast<double>(p_values.size());
    double smallest = 1;
    for (std::size_t rank = places.size(); rank > 0; --rank) {
        const std::size_t place = places[rank - 1];
        smallest = std::min(smallest, p_values[place] * count / static_cast<double>(rank));
        adjusted[place] = smallest;
    }
    return adjusted;
}

}  // namespace paraspinal
