// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/figures/forest_plot.h"

#include "core/text.h"
#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal {
namespace {

constexpr std::array kTicks{
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0};
constexpr double kRowPx = 26;
constexpr double kTopPx = 64;

// Logarithms over all intervals, from tick to tick, with 1 in it.
ChartAxis ratio_axis(const std::vector<OddsRatio>& ratios) {
    double low = 0.5;
    double high = 2;
    for (const OddsRatio& one : ratios) {
        low = std::min(low, std::exp(one.logits.low));
        high = std::max(high, std::exp(one.logits.high));
    }
    const auto* const first = std::ranges::upper_bound(kTicks, std::max(low, kTicks.front()));
    const auto* const last = std::ranges::lower_bound(kTicks, std::min(high, kTicks.back()));
    return {.low = std::log(*(first == kTicks.begin() ? first : first - 1)),
            .high = std::log(*last),
            .start = 270,
            .end = 580};
}

std::string axis_svg(const ChartAxis& x, double bottom, const std::string& outcome) {
    std::string svg =
        svg_line(x.start, bottom, x.end, bottom, "stroke='#333'") +
        svg_line(
            x.place(0), kTopPx - 18, x.place(0), bottom, "stroke='#999' stroke-dasharray='4 4'");
    std::vector<double> labelled;
    // Powers of ten first: the others where there is room.
    for (const bool is_power : {true, false}) {
        for (const double tick : kTicks) {
            const double at = x.place(std::log(tick));
            const double power = std::log10(tick);
            constexpr double kApartPx = 26;
            const bool is_here = at > x.start - 0.5 && at < x.end + 0.5 &&
                                 is_power == (std::abs(power - std::round(power)) < 1e-9);
            const bool has_room = std::ranges::none_of(
                labelled, [&](double other) { return std::abs(other - at) < kApartPx; });
            if (is_here) {
                svg += svg_line(at, bottom, at, bottom + 5, "stroke='#333'");
            }
            if (is_here && has_room) {
                svg += svg_text(at, bottom + 19, shortest_text(tick), "text-anchor='middle'");
                labelled.push_back(at);
            }
        }
    }
    return svg + wrapped_svg((x.start + x.end) / 2,
                             bottom + 40,
                             "odds ratio of " + outcome + ", 95 % interval",
                             60,
                             "text-anchor='middle'")
                     .svg;
}

// From `from` to `to`, with an arrow where the axis ends before.
std::string interval_svg(const ChartAxis& x, const IntervalEstimate& logits, double y) {
    const double low = x.place(logits.low);
    const double high = x.place(logits.high);
    const double left = std::max(low, x.start);
    const double right = std::min(high, x.end);
    const double middle = x.place(logits.value);
    const std::string style = "stroke='#2c7bb6' stroke-width='1.6' fill='none'";
    std::string svg = left < right ? svg_line(left, y, right, y, style) : std::string();
    const auto arrow = [&](double at, double back) {
        return "<path d='M" + px(at + back) + " " + px(y - 4) + "L" + px(at) + " " + px(y) + "L" +
               px(at + back) + " " + px(y + 4) + "' " + style + "/>\n";
    };
    svg += low < x.start ? arrow(x.start, 6) : "";
    svg += high > x.end ? arrow(x.end, -6) : "";
    const bool is_inside = middle >= x.start && middle <= x.end;
    return svg + (is_inside ? svg_box(middle - 4, y - 4, middle + 4, y + 4, "fill='#2c7bb6'") : "");
}

}  // namespace

std::string forest_svg(const std::vector<OddsRatio>& ratios, const std::string& outcome) {
    const ChartAxis x = ratio_axis(ratios);
    std::string rows;
    double y = kTopPx;
    for (const OddsRatio& one : ratios) {
        const ChartBlock name = wrapped_svg(16, y + 4, one.name, 34, {});
        rows += name.svg;
        rows += interval_svg(x, one.logits, y) + svg_text(600, y + 4, one.text, {});
        y = std::max(y + kRowPx, name.bottom + 8);
    }
    const double bottom = y - 4;
    return svg_document(
        840,
        bottom + 64,
        "Odds ratios",
        svg_text(
            16, 28, "Odds ratios, all predictors together", "font-size='14' font-weight='bold'") +
            axis_svg(x, bottom, outcome) + rows);
}

}  // namespace paraspinal
