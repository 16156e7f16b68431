// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/figures/box_plot.h"

#include "core/quantile.h"
#include "pipeline/tables/columns/column_label.h"
#include "pipeline/tables/svg_chart.h"

#include <algorithm>

namespace paraspinal {
namespace {

constexpr std::size_t kAcross = 4;
constexpr double kWidthPx = 230;
constexpr double kHeightPx = 270;
constexpr double kHeadingPx = 26;

using Values = std::vector<double>;

std::vector<Values> values_of(const CohortColumn& column, const Grouping& grouping) {
    std::vector<Values> values(grouping.names.size());
    for (std::size_t i = 0; i < column.numbers.size(); ++i) {
        if (grouping.group[i] && column.numbers[i]) {
            values[*grouping.group[i]].push_back(*column.numbers[i]);
        }
    }
    return values;
}

std::string box_svg(const Values& values, const ChartAxis& y, double middle, double half) {
    if (values.empty()) {
        return {};
    }
    const double lower = quantile(values, 0.25);
    const double upper = quantile(values, 0.75);
    constexpr double kReach = 1.5;
    const double reach = kReach * (upper - lower);
    double low = upper;
    double high = lower;
    std::string dots;
    for (const double value : values) {
        if (value >= lower - reach && value <= upper + reach) {
            low = std::min(low, value);
            high = std::max(high, value);
        } else {
            dots += "<circle cx='" + px(middle) + "' cy='" + px(y.place(value)) +
                    "' r='2.2' fill='none' stroke='#555'/>\n";
        }
    }
    const double median = y.place(quantile(values, 0.5));
    const std::string line = "stroke='#333'";
    return svg_line(middle, y.place(low), middle, y.place(high), line) +
           svg_line(middle - half / 2, y.place(low), middle + half / 2, y.place(low), line) +
           svg_line(middle - half / 2, y.place(high), middle + half / 2, y.place(high), line) +
           svg_box(middle - half,
                   y.place(upper),
                   middle + half,
                   y.place(lower),
                   "fill='#cfe3f2' stroke='#333'") +
           svg_line(middle - half,
                    median,
                    middle + half,
                    median,
                    "stroke='#2c7bb6' stroke-width='2.4'") +
           dots;
}

std::string panel(const CohortColumn& column, const Grouping& grouping, double left, double top) {
    const std::vector<Values> values = values_of(column, grouping);
    Values all;
    for (const Values& group : values) {
        all.insert(all.end(), group.begin(), group.end());
    }
    if (all.empty()) {
        return svg_text(left + 20, top + 40, column_label(column) + ": no values", {});
    }
    const auto [least, most] = std::ranges::minmax(all);
    ChartAxis y = axis_over(least, most);
    y.start = top + 210;
    y.end = top + 44;
    std::string svg =
        wrapped_svg(left + 16, top + 18, column_label(column), 32, "font-weight='bold'").svg +
        left_axis_svg(y, left + 58);
    const double step = (kWidthPx - 68) / static_cast<double>(values.size());
    for (std::size_t group = 0; group < values.size(); ++group) {
        const double middle = left + 62 + step * (static_cast<double>(group) + 0.5);
        svg +=
            box_svg(values[group], y, middle, std::min(22.0, step * 0.36)) +
            wrapped_svg(middle,
                        top + 228,
                        grouping.names[group] + " (" + std::to_string(values[group].size()) + ")",
                        std::max<std::size_t>(6, static_cast<std::size_t>(step / 7)),
                        "text-anchor='middle' font-size='11'")
                .svg;
    }
    return svg;
}

}  // namespace

std::string boxes_svg(const std::vector<const CohortColumn*>& columns,
                      const Grouping& grouping,
                      const std::string& by) {
    std::string svg = svg_text(16, 22, "Groups: " + by + " (patients with a value)", "fill='#555'");
    std::size_t place = 0;
    for (const CohortColumn* const column : columns) {
        if (column->kind == ColumnKind::number) {
            svg += panel(*column,
                         grouping,
                         kWidthPx * static_cast<double>(place % kAcross),
                         kHeadingPx + kHeightPx * static_cast<double>(place / kAcross));
            ++place;
        }
    }
    if (place == 0) {
        return {};
    }
    const std::size_t rows = (place + kAcross - 1) / kAcross;
    return svg_document(kWidthPx * static_cast<double>(std::min(place, kAcross)) + 10,
                        kHeadingPx + kHeightPx * static_cast<double>(rows),
                        "Boxes of each group",
                        svg);
}

}  // namespace paraspinal
