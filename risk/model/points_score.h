// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "risk/model/risk_model.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace paraspinal {

/// From a value on, how many points an item gives.
struct PointsBand {
    double from = 0;  ///< Of the item's value, included.
    double points = 0;
};

/// One item of a score.
struct PointsItem {
    std::string key;    ///< Column of the clinical table: "symptom_days".
    std::string label;  ///< For people.
    PredictorKind kind = PredictorKind::continuous;
    std::string unit;               ///< Empty when there is none.
    std::string coding;             ///< What 1 and 0 mean; empty for continuous items.
    std::vector<PointsBand> bands;  ///< By `from`; the last one that a value reaches counts.
    ValueRange possible_range;      ///< Values outside are refused; begins at the first band.
};

/// Patients of similar points.
struct PointsStratum {
    double from = 0;            ///< Of the sum, included.
    std::string label;          ///< "low"; may be empty.
    double risk = 0;            ///< Of the outcome, [0, 1], as the source has it.
    std::optional<double> low;  ///< Wilson's 95 % interval, where the source counts the patients.
    std::optional<double> high;
};

/// A published score that adds points: what its card (JSON, docs/model_cards.md) says.
struct PointsScore {
    std::string name;  ///< As RiskModel.
    std::string version;
    std::string title;
    std::string outcome;
    std::string citation;
    std::string doi;
    std::string license;
    std::vector<std::string> caveats;
    std::string external_validation;
    std::vector<PointsItem> items;
    std::vector<PointsStratum> strata;  ///< By `from`, the first at the smallest sum or below.
};

/// What a score says about one patient. Where items are missing nothing is averaged: the sum lies
/// between two ends, and the risk between those of all strata from one to the other.
struct PointsEstimate {
    double low_points = 0;
    double high_points = 0;      ///< The same as `low_points` where every item is known.
    std::string stratum;         ///< Label; empty where several are possible.
    std::optional<double> risk;  ///< [0, 1]; absent where several strata are possible.
    std::optional<double> low;   ///< As RiskEstimate; over all strata that are possible.
    std::optional<double> high;
    std::vector<std::string> missing;  ///< Keys of the items that are not known.
};

/// `values` in the order of the items. Throws Error invalid_value for a value outside the possible
/// range and a binary one other than 0 or 1, and usage when their number is wrong.
PointsEstimate estimate_points(const PointsScore& score,
                               std::span<const std::optional<double>> values);

}  // namespace paraspinal
