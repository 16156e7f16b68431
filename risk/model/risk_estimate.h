// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// What the card that stands beside a model says of the same values (RiskModel::companion).
struct CompanionEstimate {
    std::string model;          ///< Name of that card: "yang2025_shrunk".
    double probability = 0;     ///< As RiskEstimate.
    std::optional<double> low;  ///< As RiskEstimate.
    std::optional<double> high;
    std::string reason;  ///< Which of the two is to be looked at, and why.
};

/// What a risk model says about one patient. Not validated; research use only.
struct RiskEstimate {
    std::string model;          ///< Name of the model card: "yang2025".
    double probability = 0;     ///< Of the model's outcome, [0, 1].
    std::optional<double> low;  ///< 95 % interval, [0, 1]; absent when not computed.
    std::optional<double> high;
    std::optional<double> percentile;       ///< In the published cohort, [0, 100].
    std::vector<std::string> imputed;       ///< Predictors that were missing and integrated out.
    std::vector<std::string> out_of_range;  ///< Predictors outside the published range.
    std::optional<CompanionEstimate> companion;  ///< Absent where no card stands beside the model.
};

}  // namespace paraspinal
