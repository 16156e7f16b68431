// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace paraspinal {

/// A value that a histogram compares its numbers with: "new fracture, published mean".
struct HistogramMark {
    double value = 0;
    std::string label;
};

/// What a histogram shows.
struct HistogramInput {
    std::string title;           ///< "CSA, cm²"
    std::vector<double> values;  ///< Finite.
    std::vector<HistogramMark> marks;
};

/// Numbers of values in equal bins that begin at `low`; the last bin includes its upper end.
struct HistogramBins {
    double low = 0;
    double width = 0;
    std::vector<std::size_t> counts;
};

/// Bins of the width of Freedman and Diaconis (1981, doi:10.1007/BF01025868), at least 5 and at
/// most 40 of them; equal values share one bin of width 1. `values` must not be empty.
HistogramBins histogram_bins(const std::vector<double>& values);

/// The histogram as an SVG picture 360 px wide; says "no values" where there are none.
std::string histogram_svg(const HistogramInput& input);

/// Places of the values farther than three interquartile ranges beyond the quartiles, "far out" in
/// Tukey, Exploratory Data Analysis (1977), in rising order of place. None below 8 values.
std::vector<std::size_t> far_out(const std::vector<double>& values);

}  // namespace paraspinal
