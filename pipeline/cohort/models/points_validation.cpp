// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/points_validation.h"

#include "core/error.h"
#include "core/text.h"
#include "pipeline/cohort/models/risk_table.h"
#include "pipeline/tables/statistics_text.h"
#include "pipeline/tables/text_table.h"
#include "risk/statistics/area_under_curve.h"
#include "risk/statistics/proportion.h"

#include <algorithm>
#include <cstdint>

namespace paraspinal {
namespace {

constexpr double kPerCent = 100;

std::size_t stratum_of(const PointsScore& score, double points) {
    const auto above = std::ranges::upper_bound(score.strata, points, {}, &PointsStratum::from);
    return static_cast<std::size_t>(above - score.strata.begin()) - 1;
}

std::string observed_text(const StratumOutcome& outcome) {
    if (outcome.patients == 0) {
        return "-";
    }
    const IntervalEstimate share =
        wilson_interval({.with = static_cast<std::int64_t>(outcome.events),
                         .all = static_cast<std::int64_t>(outcome.patients)});
    return percent_text(share.value, 1) + " [" + fixed_text(kPerCent * share.low, 1) + ", " +
           fixed_text(kPerCent * share.high, 1) + "]";
}

}  // namespace

PointsValidation validate_points(const PointsScore& score, const ModelPatients& patients) {
    PointsValidation validation;
    validation.strata.resize(score.strata.size());
    std::vector<double> points;
    std::vector<std::uint8_t> event;
    for (std::size_t i = 0; i < patients.values.size(); ++i) {
        const PointsEstimate estimate =
            within("patient " + std::to_string(patients.rows[i] + 1),
                   [&] { return estimate_points(score, plain_values(patients.values[i])); });
        if (!estimate.missing.empty()) {
            ++validation.incomplete;
            continue;
        }
        points.push_back(estimate.low_points);
        event.push_back(patients.event[i]);
        StratumOutcome& outcome = validation.strata[stratum_of(score, estimate.low_points)];
        ++outcome.patients;
        outcome.events += patients.event[i];
    }
    validation.patients = points.size();
    validation.events = static_cast<std::size_t>(std::ranges::count(event, 1));
    if (validation.events == 0 || validation.events == validation.patients) {
        throw Error(ErrorCode::invalid_value,
                    "among the patients whose items are all known only one outcome occurs");
    }
    validation.auc = area_under_curve({.score = points, .event = event});
    return validation;
}

std::vector<std::string> patients_warnings(const ModelPatients& patients,
                                           const PointsValidation& validation) {
    std::vector<std::string> warnings;
    if (patients.left_out > 0) {
        warnings.push_back(std::to_string(patients.left_out) +
                           " patients left out: their outcome is missing");
    }
    if (validation.incomplete > 0) {
        warnings.push_back(
            std::to_string(validation.incomplete) +
            " patients left out: an item is missing, so that their points are not known");
    }
    return warnings;
}

std::string points_validation_text(const PointsScore& score, const PointsValidation& validation) {
    std::string text = "Score " + score.name + " " + score.version + ": " +
                       std::to_string(validation.patients) + " patients, " +
                       std::to_string(validation.events) + " events\n";
    text += "AUC of the points (95 % CI, DeLong)  " + interval_text(validation.auc, 3) + "\n\n";
    TextTable table{.columns = {"points from", "called", "patients", "card", "observed [95 % CI]"},
                    .notes = {"Observed: share with the event, Wilson's interval."}};
    for (std::size_t i = 0; i < score.strata.size(); ++i) {
        const PointsStratum& stratum = score.strata[i];
        table.rows.push_back({shortest_text(stratum.from),
                              stratum.label,
                              std::to_string(validation.strata[i].patients),
                              percent_text(stratum.risk, 1),
                              observed_text(validation.strata[i])});
    }
    return text + terminal_text(table);
}

}  // namespace paraspinal
