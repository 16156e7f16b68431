// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/risk_rows.h"

#include "core/error.h"
#include "core/text.h"
#include "core/unit.h"
#include "io/write_csv.h"
#include "pipeline/tables/clinical_table.h"
#include "pipeline/tables/predictor_columns.h"

#include <array>
#include <optional>

namespace paraspinal {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 16U;

constexpr std::array<const char*, 4> kCompanionColumns{
    "companion_model", "companion_risk_pct", "companion_risk_low_pct", "companion_risk_high_pct"};

using Values = std::vector<std::optional<RiskInput>>;

// As the column risk_pct of measurements.csv.
std::string percent(std::optional<double> share) {
    return share ? fixed_text(100 * *share, kUnitPercent.decimals) : std::string();
}

std::vector<std::string> estimate_cells(const std::string& key,
                                        const RiskEstimate& estimate,
                                        const RiskModel& model) {
    const std::string reason = lacks_image_values(model, estimate.imputed) ? "no_image_values"
                               : estimate.out_of_range.empty()             ? ""
                                                               : "outside_published_range";
    return {key,
            estimate.model,
            percent(estimate.probability),
            percent(estimate.low),
            percent(estimate.high),
            estimate.percentile ? fixed_text(*estimate.percentile, 1) : "",
            joined(estimate.imputed, ";"),
            joined(estimate.out_of_range, ";"),
            reason.empty() ? "ok" : "flagged",
            reason,
            ""};
}

// Empty where no card stands beside the model.
std::vector<std::string> companion_cells(const std::optional<CompanionEstimate>& companion) {
    if (!companion) {
        return std::vector<std::string>(kCompanionColumns.size());
    }
    return {companion->model,
            percent(companion->probability),
            percent(companion->low),
            percent(companion->high)};
}

}  // namespace

RiskRows::RiskRows(RiskEstimator& estimator,
                   const std::function<void(std::string_view)>& write,
                   RiskTableNotes& notes)
    : estimator_(&estimator), write_(&write), notes_(&notes) {
    append_csv_row(piece_, risk_table_columns());
}

void RiskRows::row(const std::string& key, const Values& values) {
    try {
        const RiskEstimate estimate = estimator_->estimate(values);
        std::vector<std::string> cells = estimate_cells(key, estimate, estimator_->model());
        const std::vector<std::string> beside = companion_cells(estimate.companion);
        cells.insert(cells.end(), beside.begin(), beside.end());
        append_csv_row(piece_, cells);
        ++notes_->rows;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::invalid_value) {
            throw;
        }
        failed_row(key, error_name(error.code()), error.message());
    }
    if (piece_.size() > kPieceBytes) {
        finish();
    }
}

void RiskRows::failed_row(const std::string& key,
                          std::string_view reason,
                          const std::string& detail) {
    ++notes_->rows;
    ++notes_->failed_rows;
    std::vector<std::string> cells(risk_table_columns().size());
    const std::size_t end = cells.size() - kCompanionColumns.size();
    cells.at(0) = key;
    cells.at(1) = estimator_->model().name;
    cells.at(end - 3) = "failed";
    cells.at(end - 2) = reason;
    cells.at(end - 1) = detail;
    append_csv_row(piece_, cells);
}

void RiskRows::finish() {
    (*write_)(piece_);
    piece_.clear();
}

std::vector<std::string> risk_table_columns() {
    std::vector<std::string> columns{"patient_id",
                                     "risk_model",
                                     "risk_pct",
                                     "risk_low_pct",
                                     "risk_high_pct",
                                     "risk_percentile",
                                     "risk_imputed",
                                     "risk_out_of_range",
                                     "status",
                                     "reason",
                                     "detail"};
    columns.insert(columns.end(), kCompanionColumns.begin(), kCompanionColumns.end());
    return columns;
}

}  // namespace paraspinal
