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
constexpr double kHeight = 236;
constexpr double kLeft = 36;
constexpr double kRight = 350;
constexpr double kTop = 66;
constexpr double kBottom = 206;
constexpr double kMarkLine = 15;

constexpr std::array<const char*, 3> kMarkColors{"#b2560d", "#1f7a4d", "#6b4fa0"};

std::string frame(const std::string& title, std::size_t count) {
    return "<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-label='" + xml_text(title) +
           "' width='" + px(kWidth) + "' height='" + px(kHeight) + "' viewBox='0 0 " + px(kWidth) +
           " " + px(kHeight) + "' font-family='sans-serif' font-size='11' fill='#333'>\n" +
           svg_text(kLeft, 18, title, "font-size='14' font-weight='bold'") +
           svg_text(kRight, 18, "n = " + std::to_string(count), "text-anchor='end' fill='#666'");
}

std::string bars_svg(const HistogramBins& bins, const ChartAxis& x, const ChartAxis& y) {
    std::string svg;
    for (std::size_t i = 0; i < bins.counts.size(); ++i) {
        const double low = bins.low + bins.width * static_cast<double>(i);
        const double top = y.place(static_cast<double>(bins.counts[i]));
        svg += "<rect x='" + px(x.place(low) + 0.5) + "' y='" + px(top) + "' width='" +
               px(x.place(low + bins.width) - x.place(low) - 1) + "' height='" + px(kBottom - top) +
               "' fill='#7ba3cc'/>\n";
    }
    return svg;
}

std::string axes_svg(const ChartAxis& x, const ChartAxis& y) {
    std::string svg = svg_line(kLeft, kBottom, kRight, kBottom, "stroke='#666'");
    const ChartTicks across = ticks_of(x);
    for (const double value : across.values) {
        svg += svg_line(x.place(value), kBottom, x.place(value), kBottom + 4, "stroke='#666'") +
               svg_text(x.place(value),
                        kBottom + 17,
                        fixed_text(value, across.decimals),
                        "text-anchor='middle'");
    }
    return svg +
           svg_text(kLeft - 5, y.place(y.high) + 4, fixed_text(y.high, 0), "text-anchor='end'") +
           svg_text(kLeft - 5, kBottom, "0", "text-anchor='end'");
}

std::string marks_svg(const std::vector<HistogramMark>& marks, const ChartAxis& x) {
    std::string svg;
    for (std::size_t i = 0; i < marks.size(); ++i) {
        const std::string color = kMarkColors.at(i % kMarkColors.size());
        const double place = x.place(marks[i].value);
        svg += svg_line(place,
                        kTop - 4,
                        place,
                        kBottom,
                        "stroke='" + color + "' stroke-width='1.6' stroke-dasharray='5 3'") +
               svg_text(kLeft,
                        18 + kMarkLine * static_cast<double>(i + 1),
                        "┆ " + marks[i].label + " " + fixed_text(marks[i].value, 1),
                        "fill='" + color + "'");
    }
    return svg;
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
    std::string svg = frame(input.title, input.values.size());
    if (input.values.empty()) {
        return svg + svg_text((kLeft + kRight) / 2, 120, "no values", "text-anchor='middle'") +
               "</svg>\n";
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
    const ChartAxis y{.low = 0,
                      .high = static_cast<double>(std::ranges::max(bins.counts)),
                      .start = kBottom,
                      .end = kTop};
    return svg + bars_svg(bins, x, y) + axes_svg(x, y) + marks_svg(input.marks, x) + "</svg>\n";
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
