// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

// Pieces of SVG charts; coordinates in px, y downward.

/// An axis from `low` to `high` in data, drawn from `start` to `end`.
struct ChartAxis {
    double low = 0;
    double high = 1;
    double start = 0;
    double end = 1;

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

/// About five round numbers on the axis: multiples of 1, 2 or 5 times a power of ten.
ChartTicks ticks_of(const ChartAxis& axis);

/// A coordinate as SVG writes it, to a tenth of a pixel.
std::string px(double value);

/// `text` made safe for XML and HTML, in elements and in quoted attributes; control characters
/// become "?".
std::string xml_text(std::string_view text);

std::string svg_text(double x, double y, std::string_view text, const std::string& style);

std::string svg_line(double x1, double y1, double x2, double y2, const std::string& style);

}  // namespace paraspinal
