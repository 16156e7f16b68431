// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/points_text.h"

#include "core/text.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/text_table.h"

#include <cstddef>
#include <string_view>

namespace paraspinal {
namespace {

constexpr double kPerCent = 100;

std::string range_text(double low, double high, std::string_view unit) {
    const std::string end = unit.empty() ? "" : " " + std::string(unit);
    return low == high ? shortest_text(low) + end
                       : shortest_text(low) + " to " + shortest_text(high) + end;
}

std::string interval_of(const std::optional<double>& low, const std::optional<double>& high) {
    return low && high ? ", 95 % interval " + fixed_text(kPerCent * *low, 1) + " to " +
                             percent_text(*high, 1)
                       : "";
}

std::string risk_line(const PointsEstimate& estimate) {
    if (estimate.risk) {
        return percent_text(*estimate.risk, 1) + interval_of(estimate.low, estimate.high) +
               (estimate.stratum.empty() ? "" : " (" + estimate.stratum + ")");
    }
    return "between " + fixed_text(kPerCent * estimate.low.value(), 1) + " and " +
           percent_text(estimate.high.value(), 1) +
           ": it depends on what is missing, and a score averages over nothing";
}

// "from 5 mm: 1"
std::string bands_text(const PointsItem& item) {
    std::string text;
    for (const PointsBand& band : item.bands) {
        const std::string from = item.kind == PredictorKind::binary
                                     ? (band.from > 0 ? "yes" : "no")
                                     : "from " + range_text(band.from, band.from, item.unit);
        text += (text.empty() ? "" : ", ") + from + ": " + shortest_text(band.points);
    }
    return text;
}

std::string caveats_text(const PointsScore& score) {
    std::string text = "\nCaveats\n";
    if (!score.external_validation.empty()) {
        text += hanging_paragraph("  - ", "On other patients: " + score.external_validation);
    }
    for (const std::string& caveat : score.caveats) {
        text += hanging_paragraph("  - ", caveat);
    }
    return text +
           hanging_paragraph("  - ", "Research use only; not for decisions about a patient.");
}

TextTable strata_table(const PointsScore& score) {
    TextTable table{.columns = {"points from", "called", "risk"}};
    for (const PointsStratum& stratum : score.strata) {
        table.rows.push_back(
            {shortest_text(stratum.from),
             stratum.label,
             percent_text(stratum.risk, 1) + interval_of(stratum.low, stratum.high)});
    }
    return table;
}

}  // namespace

std::string points_text(const PointsScore& score,
                        const PointsEstimate& estimate,
                        std::span<const std::optional<double>> values) {
    std::string text = hanging_paragraph("Score      ", score.name + " " + score.version);
    text +=
        hanging_paragraph("Points     ", range_text(estimate.low_points, estimate.high_points, ""));
    text += hanging_paragraph("Risk       ", risk_line(estimate));
    text += hanging_paragraph("Outcome    ", score.outcome);
    if (!estimate.missing.empty()) {
        text += hanging_paragraph("Missing    ", joined(estimate.missing, ", "));
    }
    TextTable table{.columns = {"item", "value", "points of it"}};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const PointsItem& item = score.items[i];
        table.rows.push_back({item.key,
                              values[i] ? range_text(*values[i], *values[i], item.unit) : "missing",
                              bands_text(item)});
    }
    return text + "\n" + terminal_text(table) + caveats_text(score);
}

std::string points_card_text(const PointsScore& score) {
    std::string text = hanging_paragraph("Score      ", score.name + " " + score.version);
    text += hanging_paragraph("Title      ", score.title);
    text += hanging_paragraph("Outcome    ", score.outcome);
    text += hanging_paragraph("Source     ",
                              score.citation + (score.doi.empty() ? "" : ", doi:" + score.doi));
    TextTable items{.columns = {"item", "what", "points"}};
    for (const PointsItem& item : score.items) {
        items.rows.push_back({item.key,
                              item.label + (item.coding.empty() ? "" : " (" + item.coding + ")"),
                              bands_text(item)});
    }
    return text + "\n" + terminal_text(items) + "\n" + terminal_text(strata_table(score)) +
           caveats_text(score);
}

}  // namespace paraspinal
