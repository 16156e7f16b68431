// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/figures/validation_chart.h"

#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

constexpr const char* kReference = "fill='none' stroke='#999' stroke-dasharray='4 4'";
constexpr const char* kHeading = "font-size='14' font-weight='bold'";

std::string diagonal(const ChartAxis& x, const ChartAxis& y) {
    return curve_svg(x, y, std::array{ChartPoint{0, 0}, ChartPoint{1, 1}}, kReference);
}

// Predicted risks of patients with the event upward, of the others downward.
std::string histogram_svg(const ModelValidation& validation, const ChartAxis& x) {
    constexpr double kMiddlePx = 420;
    constexpr double kHighestPx = 24;
    std::size_t most = 1;
    for (const RiskBin& bin : validation.histogram) {
        most = std::max({most, bin.events, bin.others});
    }
    const auto height = [&](std::size_t count) {
        return kHighestPx * static_cast<double>(count) / static_cast<double>(most);
    };
    std::string svg = svg_line(x.start, kMiddlePx, x.end, kMiddlePx, "stroke='#333'");
    const double width = (x.end - x.start) / static_cast<double>(validation.histogram.size());
    double left = x.start;
    for (const RiskBin& bin : validation.histogram) {
        svg += svg_box(left + 0.5,
                       kMiddlePx - height(bin.events),
                       left + width - 0.5,
                       kMiddlePx,
                       "fill='#e66101'") +
               svg_box(left + 0.5,
                       kMiddlePx,
                       left + width - 0.5,
                       kMiddlePx + height(bin.others),
                       "fill='#2c7bb6'");
        left += width;
    }
    return svg + svg_text(x.start - 8, kMiddlePx - 8, "event", "text-anchor='end' fill='#a04400'") +
           svg_text(x.start - 8, kMiddlePx + 16, "none", "text-anchor='end' fill='#1f5fa8'");
}

// The smooth curve with its band; nothing where it does not exist.
std::string smooth_svg(const ModelValidation& validation, const ChartAxis& x, const ChartAxis& y) {
    std::vector<ChartPoint> middle;
    std::vector<ChartPoint> band;
    for (const CalibrationPoint& at : validation.smooth) {
        middle.push_back({at.predicted, at.observed.value});
        band.push_back({at.predicted, at.observed.low});
    }
    for (std::size_t i = validation.smooth.size(); i-- > 0;) {
        band.push_back({validation.smooth[i].predicted, validation.smooth[i].observed.high});
    }
    return middle.empty() ? std::string()
                          : curve_svg(x, y, band, "fill='#2c7bb6' fill-opacity='0.15'") +
                                curve_svg(x, y, middle, curve_style(0));
}

std::string calibration_svg(const ModelValidation& validation) {
    const ChartAxis x{.start = 70, .end = 350, .title = "predicted risk"};
    const ChartAxis y{.start = 330, .end = 50, .title = "observed share of events"};
    std::string svg = svg_text(x.start, 28, "Calibration", kHeading) + diagonal(x, y) +
                      smooth_svg(validation, x, y) + axes_svg(x, y) + histogram_svg(validation, x);
    for (const CalibrationGroup& group : validation.groups) {
        const ChartPoint at{group.predicted, group.observed};
        const IntervalEstimate& share = group.interval;
        svg += curve_svg(x,
                         y,
                         std::array{ChartPoint{at.x, share.low}, ChartPoint{at.x, share.high}},
                         "stroke='#555'") +
               dot_svg(x, y, at, "fill='#555'");
    }
    const std::array names{
        LegendEntry{.name = "smooth, 95 % band", .style = curve_style(0)},
        LegendEntry{.name = "tenths of the patients, 95 % intervals", .style = "stroke='#555'"},
        LegendEntry{.name = "as predicted", .style = kReference}};
    return svg + legend_svg(x.start, 474, names, 40).svg;
}

// From a tenth of the largest possible net benefit below 0 up to it.
std::string decision_svg(const ModelValidation& validation) {
    const double rate =
        static_cast<double>(validation.events) / static_cast<double>(validation.patients);
    const ChartAxis x{.start = 480, .end = 760, .title = "threshold of the risk"};
    const ChartAxis y{.low = -0.1 * rate,
                      .high = rate,
                      .start = 330,
                      .end = 50,
                      .title = "net benefit per patient"};
    std::vector<ChartPoint> model;
    std::vector<ChartPoint> everyone;
    for (const NetBenefit& at : validation.decision_curve) {
        model.push_back({at.threshold, at.model});
        everyone.push_back({at.threshold, at.everyone});
    }
    const std::array no_one{ChartPoint{0, 0}, ChartPoint{1, 0}};
    const std::array names{LegendEntry{.name = "acting as the model says", .style = curve_style(0)},
                           LegendEntry{.name = "acting on everyone", .style = curve_style(1)},
                           LegendEntry{.name = "acting on no one", .style = kReference}};
    return svg_text(x.start, 28, "Net benefit", kHeading) + curve_svg(x, y, no_one, kReference) +
           axes_svg(x, y) +
           clipped_svg(
               x,
               y,
               curve_svg(x, y, everyone, curve_style(1)) + curve_svg(x, y, model, curve_style(0))) +
           legend_svg(x.start, 396, names, 40).svg;
}

}  // namespace

std::string validation_svg(const ModelValidation& validation) {
    return svg_document(780,
                        540,
                        "Calibration and net benefit",
                        calibration_svg(validation) + decision_svg(validation));
}

}  // namespace paraspinal
