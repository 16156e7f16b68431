// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// What a risk model says about one patient. Not validated; research use only.
struct RiskEstimate {
    std::string model;          ///< Name of the model card: "yang2025".
    double probability = 0;     ///< Of the model's outcome, [0, 1].
    std::optional<double> low;  ///< 95 % interval, [0, 1]; absent when not computed.
    std::optional<double> high;
    std::optional<double> percentile;       ///< In the published cohort, [0, 100].
    std::vector<std::string> imputed;       ///< Predictors that were missing and integrated out.
    std::vector<std::string> out_of_range;  ///< Predictors outside the published range.
};

}  // namespace paraspinal
