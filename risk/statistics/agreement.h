// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/statistics/group_tests.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace paraspinal {

/// Ratings of the same targets by the same raters: one row a target, one entry a rater.
using RatingTable = std::vector<std::vector<double>>;

/// Mean squares of the two-way analysis of variance without replication.
struct TwoWayMeanSquares {
    double targets = 0;  ///< Between the rows (BMS of Shrout and Fleiss).
    double raters = 0;   ///< Between the columns (JMS).
    double error = 0;    ///< What is left (EMS).
};

/// Intraclass correlations of single ratings, with 95 % intervals.
/// Source: Shrout and Fleiss, Psychol Bull 1979;86:420-428; McGraw and Wong, Psychol Methods
/// 1996;1:30-46.
struct IntraclassCorrelation {
    TwoWayMeanSquares mean_squares;
    IntervalEstimate agreement;    ///< ICC(2,1), ICC(A,1): a constant shift of one rater lowers it.
    IntervalEstimate consistency;  ///< ICC(3,1), ICC(C,1): it does not.
};

/// Needs 3 rows of equal length, 2 columns, finite ratings, and ratings that are not all equal;
/// throws Error invalid_value.
/// The interval of a negative ICC(2,1) is approximate.
IntraclassCorrelation intraclass_correlation(const RatingTable& ratings);

/// Two measurements of each subject, one entry each, same order.
struct MeasurementPairs {
    std::span<const double> first;
    std::span<const double> second;
};

/// What one column of two tables says about how far they agree. Differences are first - second.
struct Agreement {
    std::int64_t pairs = 0;    ///< Subjects with two finite measurements; all below is from these.
    std::int64_t missing = 0;  ///< Subjects that lack one or both.
    /// Why some of the numbers are absent: "" (none is), "too_few_pairs" (fewer than 3: all are
    /// absent) or "constant_column" (the first or the second measurements are all equal, so that no
    /// correlation is defined: ICC and CCC are absent).
    std::string reason;
    double mean_first = 0;
    double mean_second = 0;
    std::optional<IntervalEstimate> icc_agreement;    ///< ICC(2,1)
    std::optional<IntervalEstimate> icc_consistency;  ///< ICC(3,1)
    /// Lin's concordance correlation coefficient, interval by Fisher's z.
    /// Source: Lin, Biometrics 1989;45:255-268, with the correction of Biometrics 2000;56:324-325.
    std::optional<IntervalEstimate> ccc;
    /// Mean difference, and the 95 % limits of agreement: mean -+ 1.96 SD, each with its interval.
    /// Source: Bland and Altman, Lancet 1986;327:307-310; intervals of the limits as in Stat
    /// Methods Med Res 1999;8:135-160, section 2.3.
    std::optional<IntervalEstimate> bias;
    std::optional<IntervalEstimate> lower_limit;
    std::optional<IntervalEstimate> upper_limit;
    std::optional<double> sd_difference;  ///< Sample SD of the differences.
    /// Standard error of measurement, sqrt(error mean square) = SD of the differences / sqrt(2):
    /// without the bias. Source: Weir, J Strength Cond Res 2005;19:231-240.
    std::optional<double> sem;
    /// Smallest change that 95 % of unchanged subjects do not show: 1.96 x sqrt(2) x SEM.
    std::optional<double> mdc95;
};

/// Agreement of two sets of measurements; never a NaN. A measurement that is NaN or beyond
/// 1e100 counts as missing. Throws Error internal when the two differ in length.
Agreement measure_agreement(const MeasurementPairs& pairs);

}  // namespace paraspinal
