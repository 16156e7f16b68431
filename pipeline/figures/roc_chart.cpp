// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/figures/roc_chart.h"

#include "core/text.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace paraspinal {
namespace {

constexpr const char* kReference = "fill='none' stroke='#999' stroke-dasharray='4 4'";

std::string curve_of(const RocFactor& factor,
                     const ChartAxis& x,
                     const ChartAxis& y,
                     const std::string& style) {
    std::vector<ChartPoint> points;
    for (const RocPoint& point : factor.roc.curve) {
        points.push_back({1 - point.specificity, point.sensitivity});
    }
    const RocPoint& cutoff = factor.roc.youden;
    const IntervalEstimate& up = factor.roc.sensitivity;
    const IntervalEstimate& along = factor.roc.specificity;
    const ChartPoint at{1 - cutoff.specificity, cutoff.sensitivity};
    return curve_svg(x, y, points, style) +
           curve_svg(x, y, std::array{ChartPoint{at.x, up.low}, ChartPoint{at.x, up.high}}, style) +
           curve_svg(x,
                     y,
                     std::array{ChartPoint{1 - along.high, at.y}, ChartPoint{1 - along.low, at.y}},
                     style) +
           // The fill of a curve is none; the last one counts.
           "<g " + style + ">" + dot_svg(x, y, at, "style='fill:#fff'") + "</g>\n";
}

std::string diagonal(const ChartAxis& x, const ChartAxis& y) {
    return curve_svg(x, y, std::array{ChartPoint{0, 0}, ChartPoint{1, 1}}, kReference);
}

std::string name_of(const RocFactor& factor) {
    return isolated_name(factor.name) + ": " + interval_text(factor.roc.auc, 3) + "; cutoff " +
           (factor.roc.larger_means_event ? "> " : "< ") +
           scaled_text(factor.cutoff.value, std::abs(factor.cutoff.value), 2);
}

constexpr const char* kLegend = "Area under the curve [95 % interval]; cutoff of Youden";

std::string together(const std::vector<RocFactor>& factors) {
    const ChartAxis x{.start = 70, .end = 430, .title = "1 - specificity"};
    const ChartAxis y{.start = 380, .end = 20, .title = "sensitivity"};
    std::string svg = diagonal(x, y) + axes_svg(x, y);
    std::vector<LegendEntry> names;
    for (const RocFactor& factor : factors) {
        const std::string style = curve_style(names.size());
        svg += curve_of(factor, x, y, style);
        names.push_back({.name = name_of(factor), .style = style});
    }
    const ChartBlock legend = legend_svg(450, 48, names, 52);
    svg += svg_text(450, 26, kLegend, "font-weight='bold'") +
           svg_text(450,
                    legend.bottom + 8,
                    "Dot and cross: the cutoff, 95 % intervals (Wilson)",
                    "fill='#555'");
    return svg_document(840, std::max(436.0, legend.bottom + 26), "ROC curves", svg + legend.svg);
}

std::string one_by_one(const std::vector<RocFactor>& factors) {
    constexpr std::size_t kAcross = 4;
    constexpr double kWidth = 240;
    constexpr double kPlotPx = 234;
    std::string svg = svg_text(20, 22, kLegend, "font-weight='bold'");
    const auto title_of = [](const RocFactor& factor, double left, double top) {
        return wrapped_svg(left + 20, top + 14, name_of(factor), 34, "font-size='11'");
    };
    double title_px = 0;
    for (const RocFactor& factor : factors) {
        title_px = std::max(title_px, title_of(factor, 0, 0).bottom);
    }
    const double height = title_px + kPlotPx;
    std::size_t place = 0;
    for (const RocFactor& factor : factors) {
        const double left = kWidth * static_cast<double>(place % kAcross);
        const double top = 30 + height * static_cast<double>(place / kAcross);
        const ChartAxis x{.start = left + 62, .end = left + 222, .title = "1 - specificity"};
        const ChartAxis y{
            .start = top + title_px + 166, .end = top + title_px + 6, .title = "sensitivity"};
        svg += title_of(factor, left, top).svg + diagonal(x, y) + axes_svg(x, y) +
               curve_of(factor, x, y, curve_style(0));
        ++place;
    }
    const double rows = std::ceil(static_cast<double>(factors.size()) / kAcross);
    return svg_document(kAcross * kWidth + 10, 40 + height * rows, "ROC curves", svg);
}

}  // namespace

std::string roc_svg(const std::vector<RocFactor>& factors) {
    return factors.size() > kMostCurves ? one_by_one(factors) : together(factors);
}

}  // namespace paraspinal
