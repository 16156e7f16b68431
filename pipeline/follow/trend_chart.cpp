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
constexpr const char* kCurveStyle = "fill='none' stroke='#1f5fa8' stroke-opacity='0.5'";
constexpr std::array kPanels{std::pair{"csa_cm2", 76.0}, std::pair{"fdr_pct", 450.0}};

struct Point {
    double years = 0;
    double value = 0;
    double reach = 0;  // Of its own 95 % interval.
    int part = 0;      // Only points of one part compare.
};

// A slice at the place of the first examination's, as the table compares the last with the first.
// Nothing where the later one cannot be brought there.
std::optional<NamedCells> at_place_of(const Examination& first, const Examination& later) {
    const MatchedSlices slices = match_slices(first, later);
    const bool is_there = slices.matching != "from_interpolated" && slices.apart_mm <= kMostApartMm;
    return is_there ? std::optional(slices.to) : std::nullopt;
}

// Whether `quantity` of `place` compares with that of the examination before it.
bool is_comparable(const FollowUp& result, std::size_t place, const RepeatedQuantity& quantity) {
    for (const ExaminationPair& pair : result.pairs) {
        if (pair.kind == "consecutive" && pair.to == place) {
            return std::ranges::none_of(pair.changes, [&quantity](const Change& change) {
                return change.quantity->name == quantity.name &&
                       change.verdict == Verdict::not_comparable;
            });
        }
    }
    return true;
}

std::vector<Point> points_of(const FollowUp& result,
                             const std::vector<std::size_t>& examinations,
                             const RepeatedQuantity& quantity) {
    std::vector<Point> points;
    const Examination& first = result.examinations.at(examinations.front());
    int part = 0;
    bool was_there = true;
    for (const std::size_t place : examinations) {
        const Examination& one = result.examinations.at(place);
        const std::optional<NamedCells> there = at_place_of(first, one);
        const bool is_joined =
            there && was_there &&
            (place == examinations.front() || is_comparable(result, place, quantity));
        part += is_joined ? 0 : 1;
        was_there = there.has_value();
        if (const auto value = number_in(there ? *there : one.row, quantity.name)) {
            points.push_back(
                {.years = years_between(first, one).value_or(0),
                 .value = *value,
                 .reach = smallest_real_change(quantity, *value, 0) / std::numbers::sqrt2,
                 .part = part});
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
    int part = 0;
    for (const Point& point : points) {
        const double at = x.place(point.years);
        svg += svg_line(at,
                        y.place(point.value - point.reach),
                        at,
                        y.place(point.value + point.reach),
                        "stroke='#1f5fa8' stroke-width='1.4'");
        const bool is_hollow = point.part % 2 != 0;
        svg += dot_svg(x,
                       y,
                       {point.years, point.value},
                       is_hollow ? "fill='#ffffff' stroke='#1f5fa8'" : "fill='#1f5fa8'");
        if (!curve.empty() && point.part != part) {
            svg += curve_svg(x, y, curve, kCurveStyle);
            curve.clear();
        }
        part = point.part;
        curve.push_back({point.years, point.value});
    }
    return svg + curve_svg(x, y, curve, kCurveStyle);
}

}  // namespace

std::string trend_svg(const FollowUp& result, const std::vector<std::size_t>& examinations) {
    // Short enough for the width of the picture in whatever font there is.
    std::string svg = svg_text(kPanels[0].second,
                               22,
                               "CSA and FDR at the place of the first slice",
                               "font-size='14' font-weight='bold'") +
                      svg_text(kPanels[0].second,
                               40,
                               "Bars: 95 % of measuring again. Only joined values compare.",
                               "font-size='12'");
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
