// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/svg_chart.h"

#include "pipeline/tables/columns/column_unit.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
        ++found;
    }
    return found;
}

TEST(ChartTicks, AreRoundAndReachTheEnds) {
    const ChartTicks shares = ticks_of({.low = 0, .high = 1});
    ASSERT_EQ(shares.values.size(), 6U);
    EXPECT_EQ(shares.values.front(), 0);
    EXPECT_NEAR(shares.values.back(), 1, 1e-12);
    EXPECT_EQ(shares.decimals, 1);
    EXPECT_EQ(ticks_of({.low = 0, .high = 2}, 1).values, (std::vector<double>{0, 1, 2}));
}

TEST(ChartTicks, AreFewWhateverTheNumbers) {
    for (const double low : {0.0, -3e-9, 4e12, -1e300}) {
        const double high = low + std::abs(low) * 1e-15 + 1e-9;
        EXPECT_LT(ticks_of({.low = low, .high = high}).values.size(), 20U) << low;
    }
}

TEST(Axes, HaveTitlesAndNumbers) {
    const ChartAxis x{.low = 0, .high = 10, .start = 50, .end = 250, .title = "mean, cm²"};
    const ChartAxis y{.low = 0, .high = 1, .start = 200, .end = 0, .title = "a < b"};
    const std::string svg = axes_svg(x, y);
    EXPECT_NE(svg.find(">mean, cm²<"), std::string::npos);
    EXPECT_NE(svg.find(">a &lt; b<"), std::string::npos);
    EXPECT_NE(svg.find(">10<"), std::string::npos);
    EXPECT_NE(svg.find(">0.2<"), std::string::npos);
}

TEST(CurveStyle, DiffersForThirtyTwoCurves) {
    std::set<std::string> styles;
    for (std::size_t i = 0; i < 32; ++i) {
        styles.insert(curve_style(i));
    }
    EXPECT_EQ(styles.size(), 32U);
}

TEST(Legend, BreaksLongNamesAndCutsNone) {
    const std::vector<LegendEntry> entries{{.name = "one", .style = curve_style(0)},
                                           {.name = "a name of three lines", .style = ""}};
    const ChartBlock legend = legend_svg(10, 20, entries, 8);
    EXPECT_EQ(count(legend.svg, "<line"), 2U);
    EXPECT_EQ(count(legend.svg, "<text"), 4U);
    EXPECT_GT(legend.bottom, 20 + 4 * 12);
    EXPECT_LT(legend_svg(10, 20, std::vector<LegendEntry>{entries[0]}, 8).bottom, legend.bottom);
}

TEST(ColumnUnit, IsWhatTheNameEndsWith) {
    EXPECT_EQ(column_unit("csa_cm2"), "cm²");
    EXPECT_EQ(column_unit("beta_ctx_ng_ml"), "ng/mL");
    EXPECT_EQ(column_unit("hemoglobin_g_l"), "g/L");
    EXPECT_EQ(column_unit("cm2"), "");
}

TEST(SvgChart, IsolatesNamesThatAreWrittenFromRightToLeft) {
    EXPECT_EQ(isolated_name("Größe β"), "Größe β");
    EXPECT_EQ(isolated_name("גיל"), "\u2068גיל\u2069");
    EXPECT_EQ(isolated_name("العمر"), "\u2068العمر\u2069");
}

}  // namespace
}  // namespace paraspinal
