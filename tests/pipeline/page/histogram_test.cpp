// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page/histogram.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

TEST(HistogramBins, HoldEveryValueOnce) {
    std::vector<double> values(1000);
    std::iota(values.begin(), values.end(), -300.0);
    const HistogramBins bins = histogram_bins(values);
    EXPECT_EQ(std::accumulate(bins.counts.begin(), bins.counts.end(), std::size_t{0}), 1000U);
    EXPECT_EQ(bins.low, -300);
    // Freedman and Diaconis: 2 x 499.5 / 1000^(1/3) = 99.9 wide at most, 999 in all.
    EXPECT_EQ(bins.counts.size(), 10U);
    EXPECT_NEAR(bins.width, 99.9, 1e-9);
}

TEST(HistogramBins, EqualValuesShareOneBin) {
    const HistogramBins bins = histogram_bins({4, 4, 4});
    EXPECT_EQ(bins.counts, std::vector<std::size_t>{3});
    EXPECT_EQ(bins.low, 3.5);
}

TEST(HistogramBins, AreNeverMoreThanForty) {
    std::vector<double> values(100, 1.0);
    values.push_back(1e6);
    EXPECT_EQ(histogram_bins(values).counts.size(), 40U);
}

TEST(HistogramSvg, ShowsMarksBeyondTheValues) {
    const std::string svg = histogram_svg(
        {.title = "CSA <cm²>", .values = {30, 31, 32}, .marks = {{.value = 90, .label = "mean"}}});
    EXPECT_NE(svg.find("CSA &lt;cm²&gt;"), std::string::npos);
    EXPECT_NE(svg.find("mean 90.0"), std::string::npos);
    EXPECT_NE(svg.find("n = 3"), std::string::npos);
    EXPECT_NE(svg.find(">studies<"), std::string::npos);
    EXPECT_NE(svg.find(">1<"), std::string::npos);
    EXPECT_EQ(svg.find(">0.5<"), std::string::npos) << "half a study";
}

TEST(HistogramSvg, SaysWhenThereIsNothing) {
    EXPECT_NE(histogram_svg({.title = "risk", .values = {}, .marks = {}}).find("no values"),
              std::string::npos);
}

// Quartiles 3 and 7 (of 1 to 9): the fences stand at -9 and 19.
TEST(FarOut, IsBeyondThreeInterquartileRanges) {
    const std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 9};
    EXPECT_TRUE(far_out(values).empty());
    std::vector<double> with_outlier = values;
    with_outlier[4] = 60;
    EXPECT_EQ(far_out(with_outlier), std::vector<std::size_t>{4});
    EXPECT_TRUE(far_out({1, 1, 1, 1, 1, 1, 100}).empty()) << "too few to judge";
}

}  // namespace
}  // namespace paraspinal
