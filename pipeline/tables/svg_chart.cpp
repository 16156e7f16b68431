// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/svg_chart.h"

#include "core/text.h"
#include "pipeline/tables/wrap_text.h"
#include "pipeline/tables/xml_text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal {
namespace {

constexpr double kLinePx = 15;
constexpr const char* kAxisStyle = "stroke='#333'";

}  // namespace

ChartAxis axis_over(double low, double high) {
    const double span = high - low;
    const double margin = span > 0 ? 0.06 * span : std::max(0.05 * std::abs(high), 1e-3);
    return {.low = low - margin, .high = high + margin};
}

ChartTicks ticks_of(const ChartAxis& axis, double least_step) {
    constexpr double kAbout = 5;
    // A tick that rounding puts beside the end of the axis is still on it.
    constexpr double kSlack = 1e-9;
    const double rough = (axis.high - axis.low) / kAbout;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double ratio = rough / power;
    const double round = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10);
    const double step = std::max(round, least_step);
    ChartTicks ticks{
        .values = {},
        .decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)))};
    const double first = std::ceil(axis.low / step - kSlack);
    const auto more = static_cast<int>(std::floor(axis.high / step + kSlack) - first);
    for (int k = 0; k <= more; ++k) {
        ticks.values.push_back((first + k) * step);
    }
    return ticks;
}

std::string curve_style(std::size_t place) {
    constexpr std::array kColors{
        "#2c7bb6", "#e66101", "#1a9641", "#7b3294", "#d7191c", "#018571", "#a6611a", "#444444"};
    constexpr std::array kDashes{"", "7 4", "2 3", "9 3 2 3"};
    const std::string dashes = kDashes.at(place / kColors.size() % kDashes.size());
    return "fill='none' stroke-width='1.5' stroke='" +
           std::string(kColors.at(place % kColors.size())) + "'" +
           (dashes.empty() ? "" : " stroke-dasharray='" + dashes + "'");
}

std::string px(double value) {
    return fixed_text(value, 1);
}

std::string svg_document(double width,
                         double height,
                         std::string_view name,
                         std::string_view content) {
    const std::string size = px(width) + "' height='" + px(height);
    return "<svg xmlns='http://www.w3.org/2000/svg' role='img' aria-label='" + xml_text(name) +
           "' width='" + size + "' viewBox='0 0 " + px(width) + " " + px(height) +
           "' font-family='sans-serif' font-size='12' fill='#222'>\n<rect width='" + size +
           "' fill='#ffffff'/>\n" + std::string(content) + "</svg>\n";
}

std::string svg_text(double x, double y, std::string_view text, const std::string& style) {
    return "<text x='" + px(x) + "' y='" + px(y) + "' " + style + ">" + xml_text(text) +
           "</text>\n";
}

std::string svg_line(double x1, double y1, double x2, double y2, const std::string& style) {
    return "<line x1='" + px(x1) + "' y1='" + px(y1) + "' x2='" + px(x2) + "' y2='" + px(y2) +
           "' " + style + "/>\n";
}

std::string svg_box(double x1, double y1, double x2, double y2, const std::string& style) {
    return "<rect x='" + px(x1) + "' y='" + px(y1) + "' width='" + px(x2 - x1) + "' height='" +
           px(y2 - y1) + "' " + style + "/>\n";
}

std::string left_axis_svg(const ChartAxis& y, double x, double least_step) {
    std::string svg = svg_line(x, y.start, x, y.end, kAxisStyle);
    const ChartTicks ticks = ticks_of(y, least_step);
    for (const double value : ticks.values) {
        const double at = y.place(value);
        svg += svg_line(x - 5, at, x, at, kAxisStyle) +
               svg_text(x - 9, at + 4, fixed_text(value, ticks.decimals), "text-anchor='end'");
    }
    constexpr double kTitlePx = 46;
    return svg + svg_text(0,
                          0,
                          y.title,
                          "text-anchor='middle' transform='translate(" + px(x - kTitlePx) + " " +
                              px((y.start + y.end) / 2) + ") rotate(-90)'");
}

std::string bottom_axis_svg(const ChartAxis& x, double y) {
    std::string svg = svg_line(x.start, y, x.end, y, kAxisStyle);
    const ChartTicks ticks = ticks_of(x);
    for (const double value : ticks.values) {
        const double at = x.place(value);
        svg += svg_line(at, y, at, y + 5, kAxisStyle) +
               svg_text(at, y + 19, fixed_text(value, ticks.decimals), "text-anchor='middle'");
    }
    constexpr double kTitlePx = 40;
    return svg + svg_text((x.start + x.end) / 2, y + kTitlePx, x.title, "text-anchor='middle'");
}

std::string axes_svg(const ChartAxis& x, const ChartAxis& y, double least_step_up) {
    return bottom_axis_svg(x, y.start) + left_axis_svg(y, x.start, least_step_up);
}

std::string curve_svg(const ChartAxis& x,
                      const ChartAxis& y,
                      std::span<const ChartPoint> points,
                      const std::string& style) {
    std::string path;
    for (const ChartPoint& point : points) {
        path += (path.empty() ? "M" : "L") + px(x.place(point.x)) + " " + px(y.place(point.y));
    }
    return "<path d='" + path + "' " + style + "/>\n";
}

std::string clipped_svg(const ChartAxis& x, const ChartAxis& y, const std::string& content) {
    const std::string width = px(x.end - x.start);
    const std::string height = px(y.start - y.end);
    return "<svg x='" + px(x.start) + "' y='" + px(y.end) + "' width='" + width + "' height='" +
           height + "' viewBox='" + px(x.start) + " " + px(y.end) + " " + width + " " + height +
           "'>\n" + content + "</svg>\n";
}

std::string dot_svg(const ChartAxis& x,
                    const ChartAxis& y,
                    const ChartPoint& point,
                    const std::string& style) {
    return "<circle cx='" + px(x.place(point.x)) + "' cy='" + px(y.place(point.y)) + "' r='4' " +
           style + "/>\n";
}

std::string isolated_name(std::string_view name) {
    // U+0590 to U+08FF: lead bytes 0xD6 (from U+0580) to 0xDF, and 0xE0 before 0xA4.
    bool is_leftward = false;
    for (std::size_t at = 0; at + 1 < name.size(); ++at) {
        const auto lead = static_cast<unsigned char>(name[at]);
        const auto next = static_cast<unsigned char>(name[at + 1]);
        is_leftward = is_leftward || (lead == 0xD6U && next >= 0x90U) ||
                      (lead > 0xD6U && lead < 0xE0U) || (lead == 0xE0U && next < 0xA4U);
    }
    return is_leftward ? "\u2068" + std::string(name) + "\u2069" : std::string(name);
}

ChartBlock wrapped_svg(
    double x, double y, std::string_view text, std::size_t characters, const std::string& style) {
    ChartBlock block{.svg = {}, .bottom = y};
    const auto fits = [&](std::string_view line) { return character_count(line) <= characters; };
    for (const std::string& line : wrapped_lines(text, fits)) {
        block.svg += svg_text(x, block.bottom, line, style);
        block.bottom += kLinePx;
    }
    return block;
}

ChartBlock legend_svg(double x,
                      double y,
                      std::span<const LegendEntry> entries,
                      std::size_t characters) {
    constexpr double kStrokePx = 22;
    constexpr double kGapPx = 4;
    ChartBlock legend{.svg = {}, .bottom = y};
    for (const LegendEntry& entry : entries) {
        const ChartBlock name =
            wrapped_svg(x + kStrokePx + 6, legend.bottom, entry.name, characters, {});
        legend.svg +=
            svg_line(x, legend.bottom - 4, x + kStrokePx, legend.bottom - 4, entry.style) +
            name.svg;
        legend.bottom = name.bottom + kGapPx;
    }
    return legend;
}

}  // namespace paraspinal
