// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/figures/contribution_chart.h"

#include "core/text.h"
#include "pipeline/tables/svg_chart.h"

#include <algorithm>
#include <array>

namespace paraspinal {
namespace {

constexpr const char* kHeading = "font-size='14' font-weight='bold'";
constexpr const char* kRaises = "#e66101";
constexpr const char* kLowers = "#2c7bb6";

std::string label_of(const RiskModel& model, const RiskContribution& one) {
    const std::optional<std::size_t> place = predictor_index(model, one.key);
    if (!place) {
        return one.key;
    }
    const Predictor& predictor = model.predictors[*place];
    return predictor.label + (predictor.unit.empty() ? "" : " (" + predictor.unit + ")");
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
ChartBlock contribution_svg(const RiskModel& model,
                            const RiskContribution& one,
                            const ChartAxis& x,
                            double top) {
    constexpr double kBarPx = 16;
    constexpr double kRowPx = 22;
    const bool lowers = one.logits < 0;
    const double end = x.place(one.logits);
    const double zero = x.place(0);
    const ChartBlock name =
        wrapped_svg(16, top + 12, label_of(model, one) + (one.imputed ? " (missing)" : ""), 38, {});
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

std::string contributions_svg(const RiskModel& model,
                              const RiskEstimate& estimate,
                              const std::vector<RiskContribution>& contributions) {
    const ChartBlock heading =
        wrapped_svg(16, 24, "What raises and lowers the risk: " + model.name, 80, kHeading);
    const std::string interval = estimate.low && estimate.high
                                     ? " [95 % interval " + percent_text(*estimate.low, 1) +
                                           " to " + percent_text(*estimate.high, 1) + "]"
                                     : std::string();
    const ChartBlock risk = wrapped_svg(
        16,
        heading.bottom,
        "Risk " + percent_text(estimate.probability, 1) + interval + ": " + model.outcome,
        100,
        "fill='#555'");
    const ChartAxis x = logits_axis(contributions);
    std::string bars;
    double bottom = risk.bottom + 8;
    const double top = bottom - 6;
    for (const RiskContribution& one : contributions) {
        const ChartBlock bar = contribution_svg(model, one, x, bottom);
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
                        heading.svg + risk.svg +
                            svg_line(x.place(0), top, x.place(0), bottom, "stroke='#999'") + bars +
                            bottom_axis_svg(x, bottom) + legend.svg);
}

}  // namespace paraspinal
