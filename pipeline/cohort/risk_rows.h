// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/risk_table.h"
#include "risk/model/estimate_risk.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

/// Estimates row after row of a risk table and hands them on in pieces, header first. What was
/// given must outlive it.
class RiskRows {
  public:
    RiskRows(RiskEstimator& estimator,
             const std::function<void(std::string_view)>& write,
             RiskTableNotes& notes);

    /// A patient; impossible values make a failed row.
    void row(const std::string& key, const std::vector<std::optional<RiskInput>>& values);
    void failed_row(const std::string& key, std::string_view reason, const std::string& detail);
    void finish();

  private:
    RiskEstimator* estimator_;
    const std::function<void(std::string_view)>* write_;
    RiskTableNotes* notes_;
    std::string piece_;
};

}  // namespace paraspinal
