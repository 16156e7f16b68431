// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace paraspinal {

/// Size, mean and sample SD (n - 1) of one group.
struct SampleMoments {
    double n = 0;
    double mean = 0;
    double sd = 0;
};

/// Of finite `values`; mean and SD are 0 where there are too few values for them.
SampleMoments sample_moments(std::span<const double> values);

/// Third moment over the third power of the SD, both over n; 0 of values that are all equal.
double skewness(std::span<const double> values);

/// An estimate with its confidence interval (95 % unless its function says otherwise).
struct IntervalEstimate {
    double value = 0;
    double low = 0;
    double high = 0;
};

struct TestResult {
    std::string method;  ///< "Welch t", "Fisher exact" ...
    std::optional<double> statistic;
    std::optional<double> degrees_of_freedom;
    std::optional<double> error_freedom;  ///< Of the denominator of an F.
    double p = 1;                         ///< Two-sided.
};

/// Student's t test of two independent groups with a common variance. Throws Error invalid_value
/// unless both groups have 2 values and one of them varies.
TestResult student_t_test(const SampleMoments& first, const SampleMoments& second);

/// Welch's t test with Satterthwaite's degrees of freedom. Throws as student_t_test.
TestResult welch_t_test(const SampleMoments& first, const SampleMoments& second);

/// Mean of `first` minus mean of `second` with the interval that belongs to the t test.
IntervalEstimate mean_difference(const SampleMoments& first,
                                 const SampleMoments& second,
                                 bool equal_variances);

/// Hedges' g (bias-corrected standardized mean difference) with its normal-approximation interval.
/// Source: Hedges and Olkin, Statistical Methods for Meta-Analysis, 1985, chapter 5.
IntervalEstimate hedges_g(const SampleMoments& first, const SampleMoments& second);

/// P values adjusted by Holm 1979 (family-wise error), in the order given.
std::vector<double> holm_adjusted(std::span<const double> p_values);

/// P values adjusted by Benjamini and Hochberg 1995 (false discovery rate), in the order given.
std::vector<double> benjamini_hochberg_adjusted(std::span<const double> p_values);

}  // namespace paraspinal
