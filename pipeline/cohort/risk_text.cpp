// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/risk_text.h"

#include "core/text.h"
#include "pipeline/tables/text_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

std::string signed_text(double value) {
    return (value < 0 ? "" : "+") + fixed_text(value, 2);
}

double longest(const std::vector<RiskContribution>& contributions) {
    double most = 1e-9;
    for (const RiskContribution& one : contributions) {
        most = std::max(most, std::abs(one.logits));
    }
    return most;
}

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char letter : text) {
        safe += letter == '<' ? "&lt;" : letter == '&' ? "&amp;" : std::string(1, letter);
    }
    return safe;
}

}  // namespace

std::string risk_text(const RiskModel& model,
                      const RiskEstimate& estimate,
                      const std::vector<RiskContribution>& contributions) {
    std::string text = "Model       " + model.name + " " + model.version + "\n";
    text += "Risk        " + percent_text(estimate.probability, 1);
    if (estimate.low && estimate.high) {
        text += ", 95 % interval " + fixed_text(100 * *estimate.low, 1) + " to " +
                percent_text(*estimate.high, 1);
    }
    text += "\n";
    if (estimate.percentile) {
        text += "Percentile  " + fixed_text(*estimate.percentile, 0) + " of the model's cohort\n";
    }
    if (!estimate.imputed.empty()) {
        text += hanging_paragraph(
            "Missing     ", joined(estimate.imputed, ", ") + " (integrated out over the cohort)");
    }
    if (!estimate.out_of_range.empty()) {
        text += hanging_paragraph(
            "Outside     ",
            joined(estimate.out_of_range, ", ") + " (beyond the published range: extrapolated)");
    }
    text += "\nWhat raises and lowers it, in logits against the mean of the cohort:\n";
    constexpr double kBar = 20;
    for (const RiskContribution& one : contributions) {
        const auto length = static_cast<std::size_t>(
            std::lround(kBar * std::abs(one.logits) / longest(contributions)));
        text += "  " + padded(one.key, 28) + padded(fixed_text(one.value, 2), 9) +
                padded(signed_text(one.logits), 8) +
                std::string(length, one.logits < 0 ? '-' : '+') + (one.imputed ? " missing" : "") +
                "\n";
    }
    text += "\n";
    for (const std::string& caveat : model.caveats) {
        text += hanging_paragraph("- ", caveat);
    }
    return text;
}

std::string contributions_svg(const RiskModel& model,
                              const std::vector<RiskContribution>& contributions) {
    constexpr int kRow = 22;
    constexpr int kTop = 48;
    constexpr double kCenter = 460;
    constexpr double kHalfWidth = 200;
    const int height = kTop + kRow * static_cast<int>(contributions.size()) + 16;
    std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='720' height='" +
                      std::to_string(height) +
                      "' font-family='sans-serif' font-size='12'>\n"
                      "<rect width='720' height='100%' fill='#ffffff'/>\n"
                      "<text x='16' y='20' font-size='14'>What raises (orange) and lowers "
                      "(blue) the risk: " +
                      escaped(model.name) +
                      "</text>\n<text x='16' y='38' fill='#555555'>logits against the mean of "
                      "the cohort; missing values are pale</text>\n";
    int row = 0;
    for (const RiskContribution& one : contributions) {
        const int y = kTop + kRow * row++;
        const double length = kHalfWidth * std::abs(one.logits) / longest(contributions);
        const double left = one.logits < 0 ? kCenter - length : kCenter;
        svg += "<text x='16' y='" + std::to_string(y + 15) + "'>" + escaped(one.key) +
               (one.imputed ? " (missing)" : "") + "</text><rect x='" + fixed_text(left, 1) +
               "' y='" + std::to_string(y + 3) + "' width='" + fixed_text(length, 1) +
               "' height='16' fill='" + (one.logits < 0 ? "#2c7bb6" : "#e66101") +
               (one.imputed ? "' fill-opacity='0.4" : "") + "'/><text x='" +
               fixed_text(one.logits < 0 ? left - 4 : left + length + 4, 1) + "' y='" +
               std::to_string(y + 15) + "' text-anchor='" + (one.logits < 0 ? "end" : "start") +
               "'>" + signed_text(one.logits) + "</text>\n";
    }
    return svg + "</svg>\n";
}

}  // namespace paraspinal
