// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/page/histogram.h"

#include "core/quantile.h"
#include "core/text.h"
#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal {
namespace {

// Where things stand in the picture, px.
constexpr double kWidth = 360;
constexpr double kHeight = 262;
constexpr double kLeft = 56;
constexpr double kRight = 350;
constexpr double kTop = 66;
constexpr double kBottom = 210;

constexpr std::array<const char*, 3> kMarkColors{"#b2560d", "#1f7a4d", "#6b4fa0"};

std::string mark_style(std::size_t place) {
    return "stroke='" + std::string(kMarkColors.at(place % kMarkColors.size())) +
           "' stroke-width='1.6' stroke-dasharray='5 3'";
}

std::string heading_svg(const std::string& title, std::size_t count) {
    return svg_text(10, 18, title, "font-size='14' font-weight='bold'") +
           svg_text(kRight, 18, "n = " + std::to_string(count), "text-anchor='end' fill='#666'");
}

std::string bars_svg(const HistogramBins& bins, const ChartAxis& x, const ChartAxis& y) {
    std::string svg;
    for (std::size_t i = 0; i < bins.counts.size(); ++i) {
        const double low = bins.low + bins.width * static_cast<double>(i);
        svg += svg_box(x.place(low) + 0.5,
                       y.place(static_cast<double>(bins.counts[i])),
                       x.place(low + bins.width) - 0.5,
                       kBottom,
                       "fill='#7ba3cc'");
    }
    return svg;
}

std::string marks_svg(const std::vector<HistogramMark>& marks, const ChartAxis& x) {
    std::string svg;
    std::vector<LegendEntry> names;
    for (const HistogramMark& mark : marks) {
        const std::string style = mark_style(names.size());
        svg += svg_line(x.place(mark.value), kTop - 4, x.place(mark.value), kBottom, style);
        names.push_back({.name = mark.label + " " + fixed_text(mark.value, 1), .style = style});
    }
    return svg + legend_svg(10, 36, names, 46).svg;
}

}  // namespace

HistogramBins histogram_bins(const std::vector<double>& values) {
    constexpr double kFewest = 5;
    constexpr double kMost = 40;
    const auto [least, most] = std::ranges::minmax(values);
    if (least == most) {
        return {.low = least - 0.5, .width = 1, .counts = {values.size()}};
    }
    const double spread = quantile(values, 0.75) - quantile(values, 0.25);
    const double ideal = 2 * spread / std::cbrt(static_cast<double>(values.size()));
    const double wanted = ideal > 0 ? std::ceil((most - least) / ideal) : kMost;
    const auto count = static_cast<std::size_t>(std::clamp(wanted, kFewest, kMost));
    HistogramBins bins{.low = least,
                       .width = (most - least) / static_cast<double>(count),
                       .counts = std::vector<std::size_t>(count)};
    for (const double value : values) {
        const auto bin = static_cast<std::size_t>((value - least) / bins.width);
        ++bins.counts[std::min(bin, count - 1)];
    }
    return bins;
}

std::string histogram_svg(const HistogramInput& input) {
    std::string svg = heading_svg(input.title, input.values.size());
    if (input.values.empty()) {
        svg += svg_text((kLeft + kRight) / 2, 120, "no values", "text-anchor='middle'");
        return svg_document(kWidth, kHeight, input.title, svg);
    }
    const HistogramBins bins = histogram_bins(input.values);
    double low = bins.low;
    double high = bins.low + bins.width * static_cast<double>(bins.counts.size());
    for (const HistogramMark& mark : input.marks) {
        low = std::min(low, mark.value);
        high = std::max(high, mark.value);
    }
    ChartAxis x = axis_over(low, high);
    x.start = kLeft;
    x.end = kRight;
    x.title = input.title;
    const ChartAxis y{.low = 0,
                      .high = static_cast<double>(std::ranges::max(bins.counts)),
                      .start = kBottom,
                      .end = kTop,
                      .title = "studies"};
    svg += bars_svg(bins, x, y) + axes_svg(x, y, 1) + marks_svg(input.marks, x);
    return svg_document(kWidth, kHeight, input.title, svg);
}

std::vector<std::size_t> far_out(const std::vector<double>& values) {
    constexpr std::size_t kFewest = 8;
    constexpr double kFences = 3;
    std::vector<std::size_t> places;
    if (values.size() < kFewest) {
        return places;
    }
    const double lower = quantile(values, 0.25);
    const double upper = quantile(values, 0.75);
    const double reach = kFences * (upper - lower);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i] < lower - reach || values[i] > upper + reach) {
            places.push_back(i);
        }
    }
    return places;
}

}  // namespace paraspinal
