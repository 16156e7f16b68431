// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/norms/norms_chart.h"

#include "core/interval.h"
#include "core/normal.h"
#include "core/text.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <vector>

namespace paraspinal {
namespace {

constexpr double kWidth = 760;
constexpr double kTop = 84;
constexpr double kBottom = 300;
constexpr double kPanelPx = 280;
constexpr double kTablePx = 372;
constexpr double kLinePx = 19;
constexpr std::array kPanelLefts{76.0, 450.0};

struct Centile {
    double share = 0;
    const char* style = "";
};
constexpr std::array kCentiles{
    Centile{0.05, "fill='none' stroke='#8a8a8a' stroke-dasharray='2 3'"},
    Centile{0.25, "fill='none' stroke='#8a8a8a' stroke-dasharray='6 3'"},
    Centile{0.50, "fill='none' stroke='#333333' stroke-width='1.6'"},
    Centile{0.75, "fill='none' stroke='#8a8a8a' stroke-dasharray='6 3'"},
    Centile{0.95, "fill='none' stroke='#8a8a8a' stroke-dasharray='2 3'"}};

std::vector<ChartPoint> centile(const AgeCurve& curve, double share) {
    constexpr int kSteps = 60;
    std::vector<ChartPoint> points;
    for (int i = 0; i <= kSteps; ++i) {
        const double part = static_cast<double>(i) / kSteps;
        const double age = std::lerp(curve.age_low_years, curve.age_high_years, part);
        points.push_back({.x = age, .y = value_at(curve, age, share)});
    }
    return points;
}

std::string panel_svg(const NormLine& line, double age_years, double left_px) {
    const AgeCurve& curve = *line.curve;
    const double reach =
        normal_reach(kMeasurementCoverage) * repeat_sd(*line.quantity, *line.value);
    double low = *line.value - reach;
    double high = *line.value + reach;
    std::vector<std::vector<ChartPoint>> centiles;
    for (const Centile& one : kCentiles) {
        centiles.push_back(centile(curve, one.share));
        const auto [least, most] = std::ranges::minmax(centiles.back(), {}, &ChartPoint::y);
        low = std::min(low, least.y);
        high = std::max(high, most.y);
    }
    ChartAxis x = axis_over(curve.age_low_years, curve.age_high_years);
    x.start = left_px;
    x.end = left_px + kPanelPx;
    x.title = "age, years";
    ChartAxis y = axis_over(low, high);
    y.start = kBottom;
    y.end = kTop;
    y.title = std::string(line.quantity->symbol) + ", " + std::string(line.quantity->unit.text);
    std::string svg = axes_svg(x, y);
    for (std::size_t i = 0; i < kCentiles.size(); ++i) {
        svg += curve_svg(x, y, centiles[i], kCentiles.at(i).style);
    }
    const double at = x.place(age_years);
    return svg +
           svg_line(at,
                    y.place(*line.value - reach),
                    at,
                    y.place(*line.value + reach),
                    "stroke='#1f5fa8' stroke-width='1.6'") +
           dot_svg(x, y, {.x = age_years, .y = *line.value}, "fill='#1f5fa8'");
}

std::string interval_text(const std::optional<double>& low,
                          const std::optional<double>& high,
                          int decimals) {
    const auto text = [decimals](const std::optional<double>& end) {
        return end ? fixed_text(*end, decimals) : std::string("...");
    };
    return " [" + text(low) + ", " + text(high) + "]";
}

// A line of the table, its cells where the columns begin.
std::string cells_svg(const std::vector<std::string>& cells, double y, const std::string& style) {
    constexpr std::array kColumns{76.0, 250.0, 350.0, 450.0, 600.0};
    std::string svg;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        svg += svg_text(kColumns.at(i), y, cells[i], style);
    }
    return svg;
}

std::vector<std::string> table_cells(const NormLine& line) {
    const RepeatedQuantity& quantity = *line.quantity;
    const int decimals = quantity.unit.shown_decimals;
    std::vector<std::string> cells{
        quantity.symbol.empty() ? std::string(quantity.name) : std::string(quantity.symbol),
        line.value ? fixed_text(*line.value, decimals) + " " + std::string(quantity.unit.text)
                   : std::string()};
    if (!line.position) {
        cells.push_back(with_spaces(line.reason));
        return cells;
    }
    const NormPosition& at = *line.position;
    cells.push_back(fixed_text(at.expected, decimals));
    cells.push_back(fixed_text(at.z, 2) + interval_text(at.z_low, at.z_high, 2));
    cells.push_back(fixed_text(at.percentile, 0) +
                    interval_text(at.percentile_low, at.percentile_high, 0));
    return cells;
}

}  // namespace

std::string norms_svg(const NormsCard& card, const RowCells& row) {
    const std::vector<NormLine> lines = norm_lines(card, row);
    const auto first = std::ranges::find_if(lines, &NormLine::has_position);
    if (first == lines.end()) {
        return {};
    }
    const NormsPerson person = norms_person(row);
    std::string svg =
        svg_text(76,
                 28,
                 "Beside " + std::to_string(first->curve->controls) + " controls of the card, " +
                     (person.sex == "F" ? "women of " : "men of ") +
                     fixed_text(first->curve->age_low_years, 0) + " to " +
                     fixed_text(first->curve->age_high_years, 0) + " years",
                 "font-size='14' font-weight='bold'");
    svg += svg_text(76,
                    50,
                    "Lines: percentiles 5, 25, 50, 75, 95. Bar: 90 % of measuring again.",
                    "fill='#666'");
    std::size_t panel = 0;
    for (const char* const name : {"csa_cm2", "fdr_pct"}) {
        const auto line = std::ranges::find_if(
            lines, [name](const NormLine& one) { return one.quantity->name == name; });
        if (line != lines.end() && line->position) {
            svg += panel_svg(*line, *person.age_years, kPanelLefts.at(panel));
            ++panel;
        }
    }
    double y = kTablePx;
    svg += cells_svg({"quantity", "value", "expected", "z [90 %]", "percentile [90 %]"},
                     y,
                     "font-weight='bold'");
    for (const NormLine& line : lines) {
        y += kLinePx;
        svg += cells_svg(table_cells(line), y, "");
    }
    y += 2 * kLinePx;
    svg += svg_text(76,
                    y,
                    "Status of the measurement: " + row.text("status") + ". Card " + card.digest +
                        ". " + std::string(kResearchNotice),
                    "fill='#666'");
    return svg_document(kWidth, y + kLinePx, "Position among the controls", svg);
}

}  // namespace paraspinal
