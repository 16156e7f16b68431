// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/cohort/models/cohort_models.h"
#include "risk/model/points_score.h"

#include <cstddef>
#include <string>
#include <vector>

namespace paraspinal {

/// Patients of one stratum of a score, beside what its card says of them.
struct StratumOutcome {
    std::size_t patients = 0;
    std::size_t events = 0;
};

/// How well a score of points predicts the user's own patients. Those who lack an item are left
/// out: their sum is not known.
struct PointsValidation {
    std::size_t patients = 0;
    std::size_t events = 0;
    std::size_t incomplete = 0;          ///< Left out.
    IntervalEstimate auc;                ///< Of the points, DeLong.
    std::vector<StratumOutcome> strata;  ///< In the order of the card.
};

/// `patients` as model_patients of columns_of(score) gives them. Throws Error invalid_value unless
/// both outcomes occur among the complete patients, and for values that nobody can have.
PointsValidation validate_points(const PointsScore& score, const ModelPatients& patients);

/// How many patients were left out, and why: a sentence each.
std::vector<std::string> patients_warnings(const ModelPatients& patients,
                                           const PointsValidation& validation);

/// For a terminal of 80 columns.
std::string points_validation_text(const PointsScore& score, const PointsValidation& validation);

}  // namespace paraspinal
