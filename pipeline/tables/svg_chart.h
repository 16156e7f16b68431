// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

// Pieces of SVG charts; coordinates in px, y downward. Every text is escaped, whatever it holds.

/// An axis from `low` to `high` in data, drawn from `start` to `end`.
struct ChartAxis {
    double low = 0;
    double high = 1;
    double start = 0;
    double end = 1;
    std::string title;  ///< What it shows, and the unit: "mean of both, cm²".

    [[nodiscard]] double place(double value) const {
        return start + (value - low) / (high - low) * (end - start);
    }
};

/// An axis over `low` to `high` with some room at both ends; a single value gets room in
/// proportion to its size.
ChartAxis axis_over(double low, double high);

struct ChartTicks {
    std::vector<double> values;
    int decimals = 0;
};

/// About five round numbers on the axis: multiples of 1, 2 or 5 times a power of ten, at least
/// `least_step` apart.
ChartTicks ticks_of(const ChartAxis& axis, double least_step = 0);

/// A line of a legend: a short stroke and a name.
struct LegendEntry {
    std::string name;
    std::string style;  ///< Attributes of the stroke.
};

/// A drawing and the height at which it ends.
struct ChartBlock {
    std::string svg;
    double bottom = 0;
};

/// A place in a chart in data of its axes.
struct ChartPoint {
    double x = 0;
    double y = 0;
};

/// Style of the `place`-th of several curves: 8 colors, with other dashes every 8.
std::string curve_style(std::size_t place);

/// A coordinate as SVG writes it, to a tenth of a pixel.
std::string px(double value);

/// A complete document on white ground; `name` is what a screen reader says.
std::string svg_document(double width,
                         double height,
                         std::string_view name,
                         std::string_view content);

std::string svg_text(double x, double y, std::string_view text, const std::string& style);

std::string svg_line(double x1, double y1, double x2, double y2, const std::string& style);

/// From (x1, y1) down and right to (x2, y2).
std::string svg_box(double x1, double y1, double x2, double y2, const std::string& style);

/// Both axes of a plot with ticks, numbers and titles: x along the bottom, y along the left.
std::string axes_svg(const ChartAxis& x, const ChartAxis& y, double least_step_up = 0);

/// One axis along the left at `x`, ticks at least `least_step` apart.
std::string left_axis_svg(const ChartAxis& y, double x, double least_step = 0);

/// One axis along the bottom at `y`.
std::string bottom_axis_svg(const ChartAxis& x, double y);

/// A curve through `points`.
std::string curve_svg(const ChartAxis& x,
                      const ChartAxis& y,
                      std::span<const ChartPoint> points,
                      const std::string& style);

/// Of `content` what lies between the ends of both axes.
std::string clipped_svg(const ChartAxis& x, const ChartAxis& y, const std::string& content);

/// A dot at `point`.
std::string dot_svg(const ChartAxis& x,
                    const ChartAxis& y,
                    const ChartPoint& point,
                    const std::string& style);

/// `name` so that what is written behind it stays there where it is written from right to left
/// (Hebrew, Arabic). Source: Unicode Standard Annex 9, isolates.
std::string isolated_name(std::string_view name);

/// `text` in lines of at most `characters` from (x, y) downward.
ChartBlock wrapped_svg(
    double x, double y, std::string_view text, std::size_t characters, const std::string& style);

/// The entries one below another from (x, y); long names are broken.
ChartBlock legend_svg(double x,
                      double y,
                      std::span<const LegendEntry> entries,
                      std::size_t characters);

}  // namespace paraspinal
