// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/risk_table.h"
#include "risk/model/estimate_risk.h"
#include "risk/model/points_score.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Why the values of a patient may not be those that a risk is asked for.
struct RiskDoubt {
    std::string_view reason;  ///< Code; empty: no doubt.
    std::string detail;       ///< For people.
};

/// What a table of risks says of each patient.
struct RiskRowWriter {
    std::string model;                 ///< Name of the card.
    std::vector<std::string> columns;  ///< The first are patient_id and risk_model; among the
                                       ///< others status, reason and detail.
    /// The cells behind patient_id. Throws Error invalid_value for values that nobody can have.
    std::function<std::vector<std::string>(const std::vector<std::optional<RiskInput>>& values)>
        cells;
};

/// That of a logistic model; `estimator` must outlive it.
RiskRowWriter model_rows(RiskEstimator& estimator);

/// That of a score of points.
RiskRowWriter points_rows(const PointsScore& score);

/// Estimates row after row of a risk table and hands them on in pieces, header first. What was
/// given must outlive it.
class RiskRows {
  public:
    RiskRows(const RiskRowWriter& rows,
             const std::function<void(std::string_view)>& write,
             RiskTableNotes& notes);

    /// A patient; impossible values make a failed row. With a `doubt` she is flagged for its
    /// reason.
    void row(const std::string& key,
             const std::vector<std::optional<RiskInput>>& values,
             const RiskDoubt& doubt = {});
    void failed_row(const std::string& key, std::string_view reason, const std::string& detail);
    void finish();

  private:
    void append(const std::string& key, std::vector<std::string> cells);

    const RiskRowWriter* rows_;
    const std::function<void(std::string_view)>* write_;
    RiskTableNotes* notes_;
    std::string piece_;
};

}  // namespace paraspinal
