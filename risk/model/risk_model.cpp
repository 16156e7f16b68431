// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "risk/model/risk_model.h"

#include <algorithm>

namespace paraspinal {

double event_rate(const RiskModel& model) {
    return static_cast<double>(model.events) /
           (static_cast<double>(model.events) + static_cast<double>(model.non_events));
}

std::optional<std::size_t> predictor_index(const RiskModel& model, std::string_view key) {
    const auto found = std::find_if(model.predictors.begin(),
                                    model.predictors.end(),
                                    [&](const Predictor& one) { return one.key == key; });
    if (found == model.predictors.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - model.predictors.begin());
}

}  // namespace paraspinal
