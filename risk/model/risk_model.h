// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace paraspinal {

enum class PredictorKind { continuous, binary };

/// One predictor in one group of the cohort that a model comes from. A binary predictor has the
/// share of patients with value 1 as its mean and sqrt(mean (1 - mean)) as its SD.
struct GroupMoments {
    double mean = 0;
    double sd = 0;
    friend bool operator==(const GroupMoments&, const GroupMoments&) = default;
};

struct ValueRange {
    double low = 0;
    double high = 0;
    friend bool operator==(const ValueRange&, const ValueRange&) = default;
};

/// Another way to read a coefficient whose publication contradicts itself.
struct CoefficientReading {
    std::string name;
    double coefficient = 0;
    double standard_error = 0;
    std::string reason;
    friend bool operator==(const CoefficientReading&, const CoefficientReading&) = default;
};

/// One term of the linear predictor.
struct Predictor {
    std::string key;    ///< Column of the clinical table: "age_years".
    std::string label;  ///< For people: "Age".
    PredictorKind kind = PredictorKind::continuous;
    std::string unit;        ///< Empty when there is none.
    std::string coding;      ///< What 1 and 0 mean; empty for continuous predictors.
    double coefficient = 0;  ///< Logits per unit.
    double standard_error = 0;
    std::string source;  ///< Table and row of the coefficient.
    std::string note;    ///< What a reader must know about this row; may be empty.
    std::vector<CoefficientReading> other_readings;
    GroupMoments events;      ///< Patients with the outcome.
    GroupMoments non_events;  ///< Patients without it.
    std::string cohort_source;
    ValueRange published_range;  ///< Values outside are flagged.
    std::string published_range_source;
    ValueRange possible_range;  ///< Values outside are refused.
    friend bool operator==(const Predictor&, const Predictor&) = default;
};

/// A logistic risk model: what the model card (JSON, docs/model_cards.md) says.
struct RiskModel {
    std::string name;  ///< snake_case or digits: "yang2025".
    std::string version;
    std::string title;
    std::string outcome;  ///< What the probability is the probability of.
    std::string citation;
    std::string doi;
    std::string license;
    int events = 0;  ///< Patients of the cohort with the outcome.
    int non_events = 0;
    std::string cohort_source;
    double intercept = 0;
    bool intercept_is_derived = false;  ///< Calibrated on the cohort (`calibrate_intercept`).
    std::string intercept_assumption;   ///< In words; empty for a fitted intercept.
    std::vector<std::string> caveats;
    std::string external_validation;  ///< What is known of it on other patients; may be empty.
    /// Name of a card whose risks are to be read beside this one's, and why; may be empty.
    std::string companion;
    std::string companion_reason;
    std::vector<Predictor> predictors;
    /// Covariance of (intercept, coefficients in order), row by row; empty when not known.
    std::vector<double> covariance;
    friend bool operator==(const RiskModel&, const RiskModel&) = default;
};

/// Share of the cohort with the outcome, (0, 1).
double event_rate(const RiskModel& model);

/// Place of the predictor called `key` in `model.predictors`; nullopt when the model has none.
std::optional<std::size_t> predictor_index(const RiskModel& model, std::string_view key);

}  // namespace paraspinal
