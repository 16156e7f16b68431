// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/figures/box_plot.h"

#include "core/quantile.h"
#include "core/text.h"
#include "pipeline/tables/columns/column_label.h"
#include "pipeline/tables/svg_chart.h"
#include "pipeline/tables/wrap_text.h"

#include <algorithm>

namespace paraspinal {
namespace {

constexpr double kAllPx = 920;
constexpr double kLeastPx = 230;
constexpr double kAxisPx = 68;
constexpr double kLeastGroupPx = 54;
constexpr double kLetterPx = 7.2;
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

// Each group has room for the longest word of the names, if it is not too long.
double panel_px(const Grouping& grouping) {
    constexpr std::size_t kMostLetters = 16;
    std::size_t longest = 0;
    for (const std::string& name : grouping.names) {
        for (const std::string& word : split(name, ' ')) {
            longest = std::max(longest, character_count(word));
        }
    }
    const double letters = static_cast<double>(std::min(longest, kMostLetters) + 1);
    const double group = std::max(kLeastGroupPx, letters * kLetterPx);
    return std::max(kLeastPx, kAxisPx + group * static_cast<double>(grouping.names.size()));
}

ChartBlock panel(const CohortColumn& column, const Grouping& grouping, double left, double top) {
    const std::vector<Values> values = values_of(column, grouping);
    Values all;
    for (const Values& group : values) {
        all.insert(all.end(), group.begin(), group.end());
    }
    if (all.empty()) {
        return wrapped_svg(
            left + 20, top + 40, isolated_name(column_label(column)) + ": no values", 32, {});
    }
    const auto [least, most] = std::ranges::minmax(all);
    const double width = panel_px(grouping);
    const ChartBlock title = wrapped_svg(left + 16,
                                         top + 18,
                                         column_label(column),
                                         static_cast<std::size_t>(width / kLetterPx),
                                         "font-weight='bold'");
    ChartAxis y = axis_over(least, most);
    y.end = std::max(top + 44, title.bottom);
    y.start = y.end + 166;
    ChartBlock block{.svg = title.svg + left_axis_svg(y, left + 58), .bottom = y.start};
    const double step = (width - kAxisPx) / static_cast<double>(values.size());
    for (std::size_t group = 0; group < values.size(); ++group) {
        const double middle = left + 62 + step * (static_cast<double>(group) + 0.5);
        const ChartBlock name = wrapped_svg(middle,
                                            y.start + 18,
                                            isolated_name(grouping.names[group]) + " (" +
                                                std::to_string(values[group].size()) + ")",
                                            static_cast<std::size_t>(step / kLetterPx),
                                            "text-anchor='middle' font-size='11'");
        block.svg += box_svg(values[group], y, middle, std::min(22.0, step * 0.36)) + name.svg;
        block.bottom = std::max(block.bottom, name.bottom);
    }
    return block;
}

}  // namespace

std::string boxes_svg(const std::vector<const CohortColumn*>& columns,
                      const Grouping& grouping,
                      const std::string& by) {
    std::string svg = svg_text(
        16, 22, "Groups: " + isolated_name(by) + " (patients with a value)", "fill='#555'");
    const double width = panel_px(grouping);
    const auto across = std::max<std::size_t>(1, static_cast<std::size_t>(kAllPx / width));
    std::size_t place = 0;
    double top = kHeadingPx;
    double bottom = top;
    for (const CohortColumn* const column : columns) {
        if (column->kind == ColumnKind::number) {
            top = place % across == 0 ? bottom : top;
            const ChartBlock one =
                panel(*column, grouping, width * static_cast<double>(place % across), top);
            svg += one.svg;
            bottom = std::max(bottom, one.bottom + 12);
            ++place;
        }
    }
    if (place == 0) {
        return {};
    }
    return svg_document(width * static_cast<double>(std::min(place, across)) + 10,
                        bottom,
                        "Boxes of each group",
                        svg);
}

}  // namespace paraspinal
