// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/risk_rows.h"

#include "core/error.h"
#include "core/text.h"
#include "core/unit.h"
#include "io/tables/write_csv.h"
#include "pipeline/tables/clinical_table.h"
#include "pipeline/tables/columns/predictor_columns.h"

#include <optional>
#include <utility>

namespace paraspinal {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 16U;

using Values = std::vector<std::optional<RiskInput>>;

// As the column risk_pct of measurements.csv.
std::string percent(std::optional<double> share) {
    return share ? fixed_text(100 * *share, kUnitPercent.decimals) : std::string();
}

std::vector<std::string> estimate_cells(const RiskEstimate& estimate, const RiskModel& model) {
    const std::string reason = lacks_image_values(model, estimate.imputed) ? "no_image_values"
                               : estimate.out_of_range.empty()             ? ""
                                                               : "outside_published_range";
    std::vector<std::string> cells{estimate.model,
                                   percent(estimate.probability),
                                   percent(estimate.low),
                                   percent(estimate.high),
                                   estimate.percentile ? fixed_text(*estimate.percentile, 1) : "",
                                   joined(estimate.imputed, ";"),
                                   joined(estimate.out_of_range, ";"),
                                   reason.empty() ? "ok" : "flagged",
                                   reason,
                                   ""};
    if (const std::optional<CompanionEstimate>& companion = estimate.companion) {
        cells.insert(cells.end(),
                     {companion->model,
                      percent(companion->probability),
                      percent(companion->low),
                      percent(companion->high)});
    }
    return cells;
}

std::vector<std::string> points_cells(const PointsEstimate& estimate, const PointsScore& score) {
    const bool complete = estimate.missing.empty();
    return {score.name,
            complete ? shortest_text(estimate.low_points) : "",
            shortest_text(estimate.low_points),
            shortest_text(estimate.high_points),
            estimate.stratum,
            percent(estimate.risk),
            percent(estimate.low),
            percent(estimate.high),
            joined(estimate.missing, ";"),
            complete ? "ok" : "flagged",
            complete ? "" : "items_missing",
            ""};
}

}  // namespace

RiskRowWriter model_rows(RiskEstimator& estimator) {
    return {.model = estimator.model().name,
            .columns = {"patient_id",
                        "risk_model",
                        "risk_pct",
                        "risk_low_pct",
                        "risk_high_pct",
                        "risk_percentile",
                        "risk_imputed",
                        "risk_out_of_range",
                        "status",
                        "reason",
                        "detail",
                        "companion_model",
                        "companion_risk_pct",
                        "companion_risk_low_pct",
                        "companion_risk_high_pct"},
            .cells = [&estimator](const Values& values) {
                return estimate_cells(estimator.estimate(values), estimator.model());
            }};
}

RiskRowWriter points_rows(const PointsScore& score) {
    return {.model = score.name,
            .columns = {"patient_id",
                        "risk_model",
                        "points",
                        "points_low",
                        "points_high",
                        "stratum",
                        "risk_pct",
                        "risk_low_pct",
                        "risk_high_pct",
                        "points_missing",
                        "status",
                        "reason",
                        "detail"},
            .cells = [score](const Values& values) {
                return points_cells(estimate_points(score, plain_values(values)), score);
            }};
}

RiskRows::RiskRows(const RiskRowWriter& rows,
                   const std::function<void(std::string_view)>& write,
                   RiskTableNotes& notes)
    : rows_(&rows), write_(&write), notes_(&notes) {
    append_csv_row(piece_, rows.columns);
}

void RiskRows::append(const std::string& key, std::vector<std::string> cells) {
    ++notes_->rows;
    cells.insert(cells.begin(), key);
    cells.resize(rows_->columns.size());
    append_csv_row(piece_, cells);
    if (piece_.size() > kPieceBytes) {
        finish();
    }
}

void RiskRows::row(const std::string& key, const Values& values, const RiskDoubt& doubt) {
    try {
        std::vector<std::string> cells = rows_->cells(values);
        for (std::size_t i = 0; i < cells.size() && !doubt.reason.empty(); ++i) {
            const std::string& column = rows_->columns[i + 1];
            cells[i] = column == "status"   ? "flagged"
                       : column == "reason" ? std::string(doubt.reason)
                       : column == "detail" ? doubt.detail
                                            : cells[i];
        }
        append(key, std::move(cells));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid_value) {
            throw;
        }
        failed_row(key, error_name(error.code()), error.message());
    }
}

void RiskRows::failed_row(const std::string& key,
                          std::string_view reason,
                          const std::string& detail) {
    ++notes_->failed_rows;
    std::vector<std::string> cells{rows_->model};
    for (std::size_t i = 2; i < rows_->columns.size(); ++i) {
        const std::string& column = rows_->columns[i];
        cells.emplace_back(column == "status"   ? "failed"
                           : column == "reason" ? std::string(reason)
                           : column == "detail" ? detail
                                                : "");
    }
    append(key, std::move(cells));
}

void RiskRows::finish() {
    (*write_)(piece_);
    piece_.clear();
}

}  // namespace paraspinal
