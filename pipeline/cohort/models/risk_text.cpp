// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/risk_text.h"

#include "core/text.h"
#include "pipeline/tables/columns/predictor_columns.h"
#include "pipeline/tables/text_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace paraspinal {
namespace {

std::string signed_text(double value) {
    return (value < 0 ? "" : "+") + fixed_text(value, 2);
}

// Of a RiskEstimate or a CompanionEstimate.
std::string probability_text(const auto& estimate) {
    std::string text = percent_text(estimate.probability, 1);
    if (estimate.low && estimate.high) {
        text += ", 95 % interval " + fixed_text(100 * *estimate.low, 1) + " to " +
                percent_text(*estimate.high, 1);
    }
    return text;
}

double longest(const std::vector<RiskContribution>& contributions) {
    double most = 1e-9;
    for (const RiskContribution& one : contributions) {
        most = std::max(most, std::abs(one.logits));
    }
    return most;
}

}  // namespace

std::string risk_text(const RiskModel& model,
                      const RiskEstimate& estimate,
                      const std::vector<RiskContribution>& contributions) {
    std::string text = "Model       " + model.name + " " + model.version + "\n";
    text += "Risk        " + probability_text(estimate) + "\n";
    if (estimate.companion) {
        text += "Beside it   " + probability_text(*estimate.companion) + " by " +
                estimate.companion->model + "\n";
        text += hanging_paragraph("            ", estimate.companion->reason);
    }
    if (!model.external_validation.empty()) {
        text += hanging_paragraph("Elsewhere   ", model.external_validation);
    }
    if (estimate.percentile) {
        text += "Percentile  " + fixed_text(*estimate.percentile, 0) + " of the model's cohort\n";
    }
    if (!estimate.imputed.empty()) {
        text += hanging_paragraph(
            "Missing     ", joined(estimate.imputed, ", ") + " (integrated out over the cohort)");
    }
    if (lacks_image_values(model, estimate.imputed)) {
        text += hanging_paragraph("No image    ",
                                  "CSA, FDR and VB are all missing: this is not the risk of "
                                  "somebody whose muscles were measured");
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

}  // namespace paraspinal
