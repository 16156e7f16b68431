// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/svg_chart.h"

#include "core/text.h"

#include <algorithm>
#include <cctype>
#include <cmath>

namespace paraspinal {

ChartAxis axis_over(double low, double high) {
    const double span = high - low;
    const double margin = span > 0 ? 0.06 * span : std::max(0.05 * std::abs(high), 1e-3);
    return {.low = low - margin, .high = high + margin};
}

ChartTicks ticks_of(const ChartAxis& axis) {
    constexpr double kAbout = 5;
    const double rough = (axis.high - axis.low) / kAbout;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double ratio = rough / power;
    const double step = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10);
    ChartTicks ticks{
        .values = {},
        .decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)))};
    const double first = std::ceil(axis.low / step) * step;
    const int count = static_cast<int>(std::floor((axis.high - first) / step)) + 1;
    for (int k = 0; k < count; ++k) {
        ticks.values.push_back(first + k * step);
    }
    return ticks;
}

std::string px(double value) {
    return fixed_text(value, 1);
}

std::string xml_text(std::string_view text) {
    std::string safe;
    for (const char letter : text) {
        switch (letter) {
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '&': safe += "&amp;"; break;
            case '"': safe += "&quot;"; break;
            case '\'': safe += "&#39;"; break;
            default: safe += std::iscntrl(static_cast<unsigned char>(letter)) != 0 ? '?' : letter;
        }
    }
    return safe;
}

std::string svg_text(double x, double y, std::string_view text, const std::string& style) {
    return "<text x='" + px(x) + "' y='" + px(y) + "' " + style + ">" + xml_text(text) +
           "</text>\n";
}

std::string svg_line(double x1, double y1, double x2, double y2, const std::string& style) {
    return "<line x1='" + px(x1) + "' y1='" + px(y1) + "' x2='" + px(x2) + "' y2='" + px(y2) +
           "' " + style + "/>\n";
}

}  // namespace paraspinal
