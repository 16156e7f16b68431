// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/estimate_risk.h"

#include <random>

namespace paraspinal::testing {

/// A patient with every predictor at the published mean of the group without a new fracture;
/// binary predictors 0.
inline RiskInputs typical_patient(const RiskModel& model) {
    RiskInputs inputs;
    for (const Predictor& predictor : model.predictors) {
        const bool binary = predictor.kind == PredictorKind::binary;
        inputs[predictor.key].value = binary ? 0 : predictor.non_events.mean;
    }
    return inputs;
}

/// The model without its limits of the possible: a normal distribution has none, and the published
/// moments of vitamin D put a few patients below zero.
inline RiskModel without_limits(RiskModel model) {
    for (Predictor& predictor : model.predictors) {
        if (predictor.kind == PredictorKind::continuous) {
            predictor.possible_range = {.low = -1e6, .high = 1e6};
        }
    }
    return model;
}

/// A random patient of the cohort as the card describes it.
inline RiskInputs random_patient(const RiskModel& model, std::mt19937_64& random) {
    const bool event = std::bernoulli_distribution(event_rate(model))(random);
    RiskInputs inputs;
    for (const Predictor& predictor : model.predictors) {
        const GroupMoments& group = event ? predictor.events : predictor.non_events;
        inputs[predictor.key].value =
            predictor.kind == PredictorKind::binary
                ? (std::bernoulli_distribution(group.mean)(random) ? 1.0 : 0.0)
                : std::normal_distribution<double>(group.mean, group.sd)(random);
    }
    return inputs;
}

}  // namespace paraspinal::testing
