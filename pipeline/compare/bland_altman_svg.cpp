// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/bland_altman_svg.h"

#include "core/text.h"
#include "pipeline/compare/agreement_cells.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <vector>

namespace paraspinal {
namespace {

// Where things stand in the picture, px.
constexpr double kWidth = 720;
constexpr double kHeight = 440;
constexpr double kLeft = 78;
constexpr double kRight = 560;
constexpr double kTop = 62;
constexpr double kBottom = 380;

/// An axis from `low` to `high` in data, drawn from `start` to `end`.
struct Axis {
    double low = 0;
    double high = 1;
    double start = 0;
    double end = 1;

    [[nodiscard]] double place(double value) const {
        return start + (value - low) / (high - low) * (end - start);
    }
};

Axis axis_over(double low, double high) {
    const double span = high - low;
    // A single value gets room around it in proportion to its size.
    const double margin = span > 0 ? 0.06 * span : std::max(0.05 * std::abs(high), 1e-3);
    return {.low = low - margin, .high = high + margin};
}

struct Ticks {
    std::vector<double> values;
    int decimals = 0;
};

// About five round numbers: multiples of 1, 2 or 5 times a power of ten.
Ticks ticks_of(const Axis& axis) {
    constexpr double kAbout = 5;
    const double rough = (axis.high - axis.low) / kAbout;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double ratio = rough / power;
    const double step = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10);
    Ticks ticks{.values = {},
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

std::string xml_text(const std::string& text) {
    std::string safe;
    for (const char letter : text) {
        const bool is_control = std::iscntrl(static_cast<unsigned char>(letter)) != 0;
        safe += letter == '<'   ? "&lt;"
                : letter == '>' ? "&gt;"
                : letter == '&' ? "&amp;"
                : is_control    ? "?"
                                : std::string(1, letter);
    }
    return safe;
}

std::string text_at(double x, double y, const std::string& text, const std::string& style) {
    return "<text x='" + px(x) + "' y='" + px(y) + "' " + style + ">" + xml_text(text) +
           "</text>\n";
}

std::string line(double x1, double y1, double x2, double y2, const std::string& style) {
    return "<line x1='" + px(x1) + "' y1='" + px(y1) + "' x2='" + px(x2) + "' y2='" + px(y2) +
           "' " + style + "/>\n";
}

std::string axes_svg(const Axis& x, const Axis& y) {
    std::string svg;
    const Ticks across = ticks_of(x);
    for (const double value : across.values) {
        svg += line(x.place(value), kBottom, x.place(value), kBottom + 5, "stroke='#333'");
        svg += text_at(x.place(value),
                       kBottom + 19,
                       fixed_text(value, across.decimals),
                       "text-anchor='middle'");
    }
    const Ticks upward = ticks_of(y);
    for (const double value : upward.values) {
        svg += line(kLeft - 5, y.place(value), kLeft, y.place(value), "stroke='#333'");
        svg += text_at(
            kLeft - 9, y.place(value) + 4, fixed_text(value, upward.decimals), "text-anchor='end'");
    }
    svg += line(kLeft, kBottom, kRight, kBottom, "stroke='#333'");
    svg += line(kLeft, kTop, kLeft, kBottom, "stroke='#333'");
    return svg +
           text_at((kLeft + kRight) / 2, kBottom + 42, "mean of both", "text-anchor='middle'") +
           text_at(0,
                   0,
                   "first - second",
                   "text-anchor='middle' transform='translate(20 " + px((kTop + kBottom) / 2) +
                       ") rotate(-90)'");
}

/// A horizontal line with the band of its interval and its name at the right.
struct Level {
    IntervalEstimate at;
    std::string name;
    std::string color;
    bool dashed = false;
    double name_px = 0;  // Height of the name.
};

std::string level_svg(const Level& level, const Axis& y) {
    const double top = y.place(level.at.high);
    const double height = y.place(level.at.value);
    return "<rect x='" + px(kLeft) + "' y='" + px(top) + "' width='" + px(kRight - kLeft) +
           "' height='" + px(y.place(level.at.low) - top) + "' fill-opacity='0.12' fill='" +
           level.color + "'/>\n" +
           line(kLeft,
                height,
                kRight,
                height,
                "stroke='" + level.color + "' stroke-width='1.6'" +
                    (level.dashed ? " stroke-dasharray='7 4'" : "")) +
           text_at(kRight + 8, level.name_px + 4, level.name, "fill='" + level.color + "'");
}

// Bias and limits; their names keep apart even where the lines do not.
std::string levels_svg(const Agreement& agreement, const Axis& y) {
    constexpr double kApartPx = 15;
    const int decimals = decimals_for(agreement);
    const double middle = y.place(agreement.bias->value);
    const double upper = std::min(y.place(agreement.upper_limit->value), middle - kApartPx);
    const double lower = std::max(y.place(agreement.lower_limit->value), middle + kApartPx);
    const auto level = [&](const IntervalEstimate& at, const char* name, double name_px) {
        const bool is_bias = name_px == middle;
        return level_svg({.at = at,
                          .name = std::string(name) + " " + fixed_text(at.value, decimals),
                          .color = is_bias ? "#1f5fa8" : "#b2560d",
                          .dashed = !is_bias,
                          .name_px = name_px},
                         y);
    };
    return level(*agreement.upper_limit, "+1.96 SD", upper) +
           level(*agreement.bias, "bias", middle) +
           level(*agreement.lower_limit, "-1.96 SD", lower);
}

}  // namespace

std::string bland_altman_svg(const ColumnAgreement& column) {
    const Agreement& agreement = column.agreement;
    if (!agreement.bias || !agreement.lower_limit || !agreement.upper_limit) {
        return {};
    }
    std::vector<double> means;
    std::vector<double> differences;
    for (std::size_t i = 0; i < column.first.size(); ++i) {
        if (std::isfinite(column.first[i]) && std::isfinite(column.second[i])) {
            means.push_back((column.first[i] + column.second[i]) / 2);
            differences.push_back(column.first[i] - column.second[i]);
        }
    }
    const auto [left, right] = std::ranges::minmax(means);
    const auto [least, most] = std::ranges::minmax(differences);
    Axis x = axis_over(left, right);
    x.start = kLeft;
    x.end = kRight;
    Axis y = axis_over(std::min({least, agreement.lower_limit->low, 0.0}),
                       std::max({most, agreement.upper_limit->high, 0.0}));
    y.start = kBottom;
    y.end = kTop;

    std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='" + px(kWidth) +
                      "' height='" + px(kHeight) + "' viewBox='0 0 " + px(kWidth) + " " +
                      px(kHeight) +
                      "' font-family='sans-serif' font-size='12' fill='#222'>\n"
                      "<rect width='100%' height='100%' fill='#ffffff'/>\n";
    svg += text_at(kLeft, 24, column.column, "font-size='16' font-weight='bold'");
    svg += text_at(kLeft,
                   44,
                   "n = " + std::to_string(agreement.pairs) + ",  ICC(2,1) " +
                       correlation_text(agreement.icc_agreement) + ",  bias " +
                       interval_text(agreement.bias, decimals_for(agreement)),
                   "fill='#555'");
    svg += axes_svg(x, y);
    svg += line(kLeft, y.place(0), kRight, y.place(0), "stroke='#aaa'");
    svg += levels_svg(agreement, y);
    for (std::size_t i = 0; i < means.size(); ++i) {
        svg += "<circle cx='" + px(x.place(means[i])) + "' cy='" + px(y.place(differences[i])) +
               "' r='4' fill='#333' fill-opacity='0.55'/>\n";
    }
    return svg + "</svg>\n";
}

std::string bland_altman_file_name(const std::string& column) {
    std::string name = "bland_altman_";
    for (const char letter : column) {
        const bool is_plain =
            std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '_';
        name += is_plain ? letter : '_';
    }
    return name + ".svg";
}

}  // namespace paraspinal
