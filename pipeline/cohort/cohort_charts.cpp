// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/cohort_charts.h"

#include "core/text.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

constexpr const char* kReference = "fill='none' stroke='#999' stroke-dasharray='4 4'";
constexpr const char* kHeading = "font-size='14' font-weight='bold'";
constexpr const char* kRaises = "#e66101";
constexpr const char* kLowers = "#2c7bb6";

std::string diagonal(const ChartAxis& x, const ChartAxis& y) {
    return curve_svg(x, y, std::array{ChartPoint{0, 0}, ChartPoint{1, 1}}, kReference);
}

std::string calibration_svg(const ModelValidation& validation) {
    const ChartAxis x{.start = 70, .end = 350, .title = "predicted risk"};
    const ChartAxis y{.start = 330, .end = 50, .title = "observed share of events"};
    std::string svg = svg_text(x.start, 28, "Calibration in tenths of the patients", kHeading) +
                      diagonal(x, y) + axes_svg(x, y);
    for (const CalibrationGroup& group : validation.groups) {
        svg += dot_svg(x, y, {group.predicted, group.observed}, "fill='#2c7bb6'");
    }
    const std::array names{LegendEntry{.name = "as predicted", .style = kReference}};
    return svg + legend_svg(x.start, 396, names, 40).svg;
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

ChartAxis logits_axis(const std::vector<RiskContribution>& contributions) {
    double low = 0;
    double high = 0;
    for (const RiskContribution& one : contributions) {
        low = std::min(low, one.logits);
        high = std::max(high, one.logits);
    }
    ChartAxis axis = axis_over(low, high);
    axis.start = 300;
    axis.end = 660;
    axis.title = "logits against the mean of the cohort";
    return axis;
}

// The bar of one predictor with its name and number; ends where the next begins.
ChartBlock contribution_svg(const RiskContribution& one, const ChartAxis& x, double top) {
    constexpr double kBarPx = 16;
    constexpr double kRowPx = 22;
    const bool lowers = one.logits < 0;
    const double end = x.place(one.logits);
    const double zero = x.place(0);
    const ChartBlock name =
        wrapped_svg(16, top + 12, one.key + (one.imputed ? " (missing)" : ""), 38, {});
    const std::string fill = "fill='" + std::string(lowers ? kLowers : kRaises) + "'" +
                             (one.imputed ? " fill-opacity='0.4'" : "");
    return {.svg = name.svg +
                   svg_box(std::min(end, zero), top, std::max(end, zero), top + kBarPx, fill) +
                   svg_text(end + (lowers ? -4 : 4),
                            top + 12,
                            (lowers ? "" : "+") + fixed_text(one.logits, 2),
                            lowers ? "text-anchor='end'" : "text-anchor='start'"),
            .bottom = std::max(top + kRowPx, name.bottom - 4)};
}

}  // namespace

std::string roc_svg(const std::vector<RocFactor>& factors) {
    const ChartAxis x{.start = 70, .end = 430, .title = "1 - specificity"};
    const ChartAxis y{.start = 380, .end = 20, .title = "sensitivity"};
    std::string svg = diagonal(x, y) + axes_svg(x, y);
    std::vector<LegendEntry> names;
    for (const RocFactor& factor : factors) {
        std::vector<ChartPoint> points;
        for (const RocPoint& point : factor.roc.curve) {
            points.push_back({1 - point.specificity, point.sensitivity});
        }
        const std::string style = curve_style(names.size());
        svg += curve_svg(x, y, points, style);
        names.push_back(
            {.name = factor.name + ": " + interval_text(factor.roc.auc, 3), .style = style});
    }
    const ChartBlock legend = legend_svg(450, 48, names, 44);
    svg += svg_text(450, 26, "Area under the curve [95 % interval]", "font-weight='bold'");
    return svg_document(790, std::max(436.0, legend.bottom), "ROC curves", svg + legend.svg);
}

std::string validation_svg(const ModelValidation& validation) {
    return svg_document(780,
                        450,
                        "Calibration and net benefit",
                        calibration_svg(validation) + decision_svg(validation));
}

std::string contributions_svg(const RiskModel& model,
                              const std::vector<RiskContribution>& contributions) {
    const ChartBlock heading =
        wrapped_svg(16, 24, "What raises and lowers the risk: " + model.name, 80, kHeading);
    const ChartAxis x = logits_axis(contributions);
    std::string bars;
    double bottom = heading.bottom + 8;
    const double top = bottom - 6;
    for (const RiskContribution& one : contributions) {
        const ChartBlock bar = contribution_svg(one, x, bottom);
        bars += bar.svg;
        bottom = bar.bottom;
    }
    const auto stroke = [](const char* color, const char* more) {
        return "stroke-width='8' stroke='" + std::string(color) + "'" + more;
    };
    const std::array names{LegendEntry{.name = "raises the risk", .style = stroke(kRaises, "")},
                           LegendEntry{.name = "lowers it", .style = stroke(kLowers, "")},
                           LegendEntry{.name = "pale: missing, averaged over the cohort",
                                       .style = stroke("#777", " stroke-opacity='0.4'")}};
    const ChartBlock legend = legend_svg(16, bottom + 22, names, 38);
    return svg_document(740,
                        std::max(legend.bottom, bottom + 56),
                        "Contributions to the risk",
                        heading.svg +
                            svg_line(x.place(0), top, x.place(0), bottom, "stroke='#999'") + bars +
                            bottom_axis_svg(x, bottom) + legend.svg);
}

}  // namespace paraspinal
