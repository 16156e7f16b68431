// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/labels/evaluation_report.h"

#include "core/text.h"
#include "io/tables/write_csv.h"
#include "pipeline/compare/agreement_cells.h"
#include "pipeline/tables/text_table.h"

#include <nlohmann/json.hpp>

namespace paraspinal {
namespace {

using nlohmann::ordered_json;

// "0.912 (0.034)"; without an SD of a single value; "-" where there is nothing to average.
std::string mean_sd_text(const SampleMoments& moments, int decimals) {
    return moments.n < 1 ? "-"
                         : fixed_text(moments.mean, decimals) +
                               (moments.n > 1 ? " (" + fixed_text(moments.sd, decimals) + ")" : "");
}

void append(std::vector<std::string>& cells, const SampleMoments& moments) {
    cells.push_back(moments.n > 0 ? shortest_text(moments.mean) : "");
    cells.push_back(moments.n > 1 ? shortest_text(moments.sd) : "");
}

void append(std::vector<std::string>& cells, const std::vector<std::string>& more) {
    cells.insert(cells.end(), more.begin(), more.end());
}

TextTable summary_table(const Evaluation& evaluation) {
    TextTable table{.columns = {"region",
                                "slices",
                                "missed",
                                "invented",
                                "dice_mean",
                                "dice_sd",
                                "dice_p5",
                                "hausdorff95_mean_mm",
                                "hausdorff95_sd_mm",
                                "surface_distance_mean_mm",
                                "surface_distance_sd_mm",
                                "area_error_mean_pct",
                                "area_error_sd_pct",
                                "fdr_error_mean",
                                "fdr_error_sd",
                                "area_bias_pct"},
                    .rows = {}};
    append(table.columns, agreement_columns("area_mm2_"));
    append(table.columns, agreement_columns("fdr_pct_"));
    append(
        table.columns,
        std::vector<std::string>{
            "area_coverage_pct", "fdr_coverage_pct", "perimeter_ratio_mean", "perimeter_ratio_sd"});
    for (const RegionSummary& summary : evaluation.summary) {
        std::vector<std::string> cells{summary.region,
                                       std::to_string(summary.slices),
                                       std::to_string(summary.missed),
                                       std::to_string(summary.invented)};
        append(cells, summary.dice);
        cells.push_back(shortest_text(summary.dice_p5));
        append(cells, summary.hausdorff95_mm);
        append(cells, summary.surface_distance_mm);
        append(cells, summary.area_error_pct);
        append(cells, summary.fdr_error);
        cells.push_back(exact_text(summary.area_bias_pct));
        append(cells, agreement_cells(summary.area_mm2));
        append(cells, agreement_cells(summary.fdr_pct));
        cells.push_back(exact_text(summary.area_coverage_pct));
        cells.push_back(exact_text(summary.fdr_coverage_pct));
        append(cells, summary.perimeter_ratio);
        table.rows.push_back(cells);
    }
    return table;
}

std::vector<std::string> region_cells(const RegionScore& score) {
    const Overlap& overlap = score.overlap;
    const std::optional<BorderDisplacement>& border = score.border;
    return {score.region,
            exact_text(overlap.dice),
            exact_text(overlap.hausdorff95_mm),
            exact_text(overlap.mean_surface_distance_mm),
            shortest_text(overlap.first_area_mm2),
            shortest_text(overlap.second_area_mm2),
            shortest_text(area_difference_mm2(overlap)),
            exact_text(area_difference_pct(overlap)),
            exact_text(score.fdr_pct),
            exact_text(score.reference_fdr_pct),
            exact_text(fdr_error(score)),
            exact_text(low_of(score.area_mm2)),
            exact_text(high_of(score.area_mm2)),
            exact_text(low_of(score.fdr_interval_pct)),
            exact_text(high_of(score.fdr_interval_pct)),
            border ? shortest_text(border->mean_mm) : "",
            border ? shortest_text(border->sd_mm) : "",
            border ? shortest_text(border->together_mm) : "",
            border ? shortest_text(border->length_mm) : "",
            shortest_text(overlap.first_perimeter_mm),
            shortest_text(overlap.second_perimeter_mm)};
}

TextTable cases_table(const Evaluation& evaluation) {
    TextTable table{.columns = {"case",
                                "reason",
                                "region",
                                "dice",
                                "hausdorff95_mm",
                                "mean_surface_distance_mm",
                                "area_mm2",
                                "reference_area_mm2",
                                "area_error_mm2",
                                "area_error_pct",
                                "fdr_pct",
                                "reference_fdr_pct",
                                "fdr_error",
                                "area_low_mm2",
                                "area_high_mm2",
                                "fdr_low_pct",
                                "fdr_high_pct",
                                "border_displacement_mm",
                                "border_sd_mm",
                                "border_together_mm",
                                "border_length_mm",
                                "perimeter_mm",
                                "reference_perimeter_mm"},
                    .rows = {}};
    for (const CaseScore& scored : evaluation.cases) {
        if (!scored.failure.empty()) {
            table.rows.push_back({scored.name, scored.failure});
            table.rows.back().resize(table.columns.size());
        }
        for (const RegionScore& score : scored.regions) {
            table.rows.push_back({scored.name, ""});
            append(table.rows.back(), region_cells(score));
        }
    }
    return table;
}

ordered_json json_of(const std::string& cell) {
    if (const auto whole = parse_integer(cell)) {
        return *whole;
    }
    const auto number = parse_number(cell);
    return number ? ordered_json(*number) : ordered_json();
}

ordered_json json_of(const TextTable& table) {
    ordered_json rows = ordered_json::array();
    for (const std::vector<std::string>& cells : table.rows) {
        ordered_json row = ordered_json::object();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::string& column = table.columns[i];
            const bool is_text =
                column == "case" || column == "region" || column.ends_with("reason");
            row[column] = is_text ? ordered_json(cells[i]) : json_of(cells[i]);
        }
        rows.push_back(row);
    }
    return rows;
}

}  // namespace

std::string evaluation_text(const Evaluation& evaluation, const std::string& model) {
    TextTable outlines{.columns = {"region", "n", "missed", "Dice", "5 %", "HD95 mm", "surface mm"},
                       .rows = {}};
    TextTable areas{
        .columns = {"region", "bias %", "area error %", "area ICC(2,1) [95 % CI]", "FDR error"},
        .rows = {}};
    for (const RegionSummary& summary : evaluation.summary) {
        outlines.rows.push_back({summary.region,
                                 std::to_string(summary.slices),
                                 std::to_string(summary.missed),
                                 mean_sd_text(summary.dice, 3),
                                 fixed_text(summary.dice_p5, 3),
                                 mean_sd_text(summary.hausdorff95_mm, 1),
                                 mean_sd_text(summary.surface_distance_mm, 2)});
        const std::string icc = correlation_text(summary.area_mm2.icc_agreement);
        areas.rows.push_back({summary.region,
                              number_text(summary.area_bias_pct, 1),
                              mean_sd_text(summary.area_error_pct, 1),
                              summary.area_mm2.reason.empty() ? icc : summary.area_mm2.reason,
                              mean_sd_text(summary.fdr_error, 1)});
    }
    const auto scored = static_cast<std::int64_t>(evaluation.cases.size()) - evaluation.failed;
    return std::to_string(scored) + " slices scored, " + std::to_string(evaluation.failed) +
           " failed; model " + model + "\nmean (SD); errors are ours - reference\n\n" +
           terminal_text(outlines) + "\n" + terminal_text(areas);
}

std::string evaluation_summary_csv(const Evaluation& evaluation) {
    const TextTable table = summary_table(evaluation);
    return csv_text(table.columns, table.rows);
}

std::string evaluation_cases_csv(const Evaluation& evaluation) {
    const TextTable table = cases_table(evaluation);
    return csv_text(table.columns, table.rows);
}

std::string evaluation_json(const Evaluation& evaluation, const std::string& model) {
    const ordered_json document{{"format", "paraspinal evaluation"},
                                {"format_version", 1},
                                {"outline_model", model},
                                {"failed", evaluation.failed},
                                {"without_reference", evaluation.without_reference},
                                {"summary", json_of(summary_table(evaluation))},
                                {"cases", json_of(cases_table(evaluation))}};
    return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace paraspinal
