// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/tables/columns/table_reader.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/risk_model.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace paraspinal {

/// Which columns of a table feed which predictors of a model.
///
/// A predictor's column has its key as name ("age_years"), or a name that means it
/// (column_names.h). Binary predictors are yes/no as parse_yes_no has it. Of measurements.csv
/// `patient_age_years` stands in for `age_years`, and `csa_low_cm2` to `vb_high_cm2` give the
/// intervals of the measurements, of kMeasurementCoverage; a row that was measured at another level
/// than L3, which the models are about, gives none of the three. Other columns are not looked at.
class PredictorColumns {
  public:
    PredictorColumns(const TableReader& table, const RiskModel& model);

    /// Sets those of `values` (in the order of the model's predictors) for which the current row
    /// has a value; leaves the others. Cells that hold no value of their kind are `unreadable`.
    void read(const TableReader& table,
              std::vector<std::optional<RiskInput>>& values,
              UnreadableCells& unreadable) const;

    /// Whether the current row was measured at another level than L3.
    [[nodiscard]] bool is_other_level(const TableReader& table) const;

    [[nodiscard]] std::size_t predictors() const { return predictors_; }
    /// Keys of the predictors that have no column.
    [[nodiscard]] const std::vector<std::string>& without_column() const { return without_column_; }

  private:
    struct Source {
        std::size_t predictor = 0;
        PredictorKind kind = PredictorKind::continuous;
        std::size_t value = 0;
        bool is_measured = false;
        std::optional<std::size_t> low;
        std::optional<std::size_t> high;
    };
    std::size_t predictors_ = 0;  // Of the model.
    std::vector<Source> sources_;
    std::optional<std::size_t> level_;  // Of measurements.csv; clinical tables may mean another.
    std::vector<std::string> without_column_;
};

/// Throws Error malformed_file, with the first names of the header, when no column feeds a
/// predictor: then the first line is no header.
void require_predictors(const TableReader& table,
                        const PredictorColumns& columns,
                        const RiskModel& model);

/// Reads the rows of `table` that are left, and throws Error malformed_file with all cells that
/// cannot be read.
void require_readable(TableReader table, const PredictorColumns& columns);

/// The predictors that are measured in the image: CSA, FDR and VB.
bool is_image_value(std::string_view key);

/// Whether no value of the image went into an estimate of `model`, which has such
/// predictors: `imputed` are the keys of those that were missing.
bool lacks_image_values(const RiskModel& model, const std::vector<std::string>& imputed);

/// One patient's values out of a clinical table and out of a measurement, in the order of the
/// model's predictors. CSA, FDR and VB are those of the measurement where it has them; for all else
/// the clinical table has the first word.
std::vector<std::optional<RiskInput>> with_measured(
    const RiskModel& model,
    std::vector<std::optional<RiskInput>> clinical,
    std::span<const std::optional<RiskInput>> measured);

}  // namespace paraspinal
