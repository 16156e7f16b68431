// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/trend_chart.h"

#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>
#include <numbers>

namespace paraspinal {
namespace {

constexpr double kWidth = 760;
constexpr double kHeight = 380;
constexpr double kTop = 56;
constexpr double kBottom = 320;
constexpr double kPanelPx = 280;
constexpr std::array kPanels{std::pair{"csa_cm2", 76.0}, std::pair{"fdr_pct", 450.0}};

struct Point {
    double years = 0;
    double value = 0;
    double reach = 0;  // Of its own 95 % interval.
};

std::vector<Point> points_of(const FollowUp& result,
                             const std::vector<std::size_t>& examinations,
                             const RepeatedQuantity& quantity) {
    std::vector<Point> points;
    const Examination& first = result.examinations.at(examinations.front());
    for (const std::size_t place : examinations) {
        const Examination& one = result.examinations.at(place);
        if (const auto value = number_in(one.row, quantity.name)) {
            points.push_back(
                {.years = years_between(first, one).value_or(0),
                 .value = *value,
                 .reach = smallest_real_change(quantity, *value, 0) / std::numbers::sqrt2});
        }
    }
    return points;
}

std::string panel_svg(const std::vector<Point>& points,
                      const RepeatedQuantity& quantity,
                      double left_px) {
    double low = points.front().value;
    double high = low;
    for (const Point& point : points) {
        low = std::min(low, point.value - point.reach);
        high = std::max(high, point.value + point.reach);
    }
    ChartAxis x = axis_over(points.front().years, points.back().years);
    x.start = left_px;
    x.end = left_px + kPanelPx;
    x.title = "years since the first examination";
    ChartAxis y = axis_over(low, high);
    y.start = kBottom;
    y.end = kTop;
    y.title = std::string(quantity.symbol) + ", " + std::string(quantity.unit.text);
    std::string svg = axes_svg(x, y);
    std::vector<ChartPoint> curve;
    for (const Point& point : points) {
        const double at = x.place(point.years);
        svg += svg_line(at,
                        y.place(point.value - point.reach),
                        at,
                        y.place(point.value + point.reach),
                        "stroke='#1f5fa8' stroke-width='1.4'");
        svg += dot_svg(x, y, {point.years, point.value}, "fill='#1f5fa8'");
        curve.push_back({point.years, point.value});
    }
    return svg + curve_svg(x, y, curve, "fill='none' stroke='#1f5fa8' stroke-opacity='0.5'");
}

}  // namespace

std::string trend_svg(const FollowUp& result, const std::vector<std::size_t>& examinations) {
    std::string svg = svg_text(kPanels[0].second,
                               28,
                               "Measured values, as they are, with 95 % of measuring again",
                               "font-size='14' font-weight='bold'");
    for (const auto& [name, left_px] : kPanels) {
        const auto quantity =
            std::ranges::find(repeated_quantities(), name, &RepeatedQuantity::name);
        const std::vector<Point> points = points_of(result, examinations, *quantity);
        if (points.size() > 1) {
            svg += panel_svg(points, *quantity, left_px);
        }
    }
    return svg_document(kWidth, kHeight, "Trend of CSA and FDR", svg);
}

}  // namespace paraspinal
