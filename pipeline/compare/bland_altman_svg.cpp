// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/bland_altman_svg.h"

#include "core/text.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/tables/columns/column_unit.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/svg_chart.h"
#include "pipeline/tables/wrap_text.h"

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

/// A horizontal line with the band of its interval and its name at the right.
struct Level {
    IntervalEstimate at;
    std::string name;
    std::string color;
    bool dashed = false;
    double name_px = 0;  // Height of the name.
};

// The unit that the name of a column ends with.
std::string unit_text(const std::string& column) {
    const std::string_view unit = column_unit(column);
    return unit.empty() ? std::string() : ", " + std::string(unit);
}

std::string level_svg(const Level& level, const ChartAxis& y) {
    const double top = y.place(level.at.high);
    const double height = y.place(level.at.value);
    return svg_box(kLeft,
                   top,
                   kRight,
                   y.place(level.at.low),
                   "fill-opacity='0.12' fill='" + level.color + "'") +
           svg_line(kLeft,
                    height,
                    kRight,
                    height,
                    "stroke='" + level.color + "' stroke-width='1.6'" +
                        (level.dashed ? " stroke-dasharray='7 4'" : "")) +
           svg_text(kRight + 8, level.name_px + 4, level.name, "fill='" + level.color + "'");
}

// Bias and limits; their names keep apart even where the lines do not.
std::string levels_svg(const Agreement& agreement, const ChartAxis& y) {
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
    ChartAxis x = axis_over(left, right);
    x.start = kLeft;
    x.end = kRight;
    x.title = "mean of both" + unit_text(column.column);
    ChartAxis y = axis_over(std::min({least, agreement.lower_limit->low, 0.0}),
                            std::max({most, agreement.upper_limit->high, 0.0}));
    y.start = kBottom;
    y.end = kTop;
    constexpr std::size_t kLongestTitle = 40;
    const bool is_short =
        !column.difference.empty() && character_count(column.difference) <= kLongestTitle;
    y.title = (is_short ? column.difference : "first - second") + unit_text(column.column);

    std::string svg =
        svg_text(kLeft, 24, agreement_name(column), "font-size='16' font-weight='bold'");
    svg += svg_text(kLeft,
                    44,
                    "n = " + std::to_string(agreement.pairs) + ",  ICC(2,1) " +
                        correlation_text(agreement.icc_agreement) + ",  bias " +
                        interval_text(agreement.bias, decimals_for(agreement)),
                    "fill='#555'");
    if (!is_short) {
        svg += svg_text(kLeft, kHeight - 6, column.difference, "fill='#555' font-size='10'");
    }
    svg += axes_svg(x, y);
    svg += svg_line(kLeft, y.place(0), kRight, y.place(0), "stroke='#aaa'");
    svg += levels_svg(agreement, y);
    for (std::size_t i = 0; i < means.size(); ++i) {
        svg += dot_svg(x, y, {means[i], differences[i]}, "fill='#333' fill-opacity='0.55'");
    }
    return svg_document(kWidth, kHeight, "Bland-Altman plot of " + agreement_name(column), svg);
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
