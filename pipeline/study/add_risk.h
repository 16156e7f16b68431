// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"
#include "pipeline/tables/clinical_table.h"
#include "risk/model/estimate_risk.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace paraspinal {

/// All of a measured study that its risk rests on. A line of measurements.csv says it as well as a
/// report does, but for the intervals of quantities that have no columns for them.
struct RiskSubject {
    Patient patient;
    std::string accession_number;
    std::string study_date;  ///< YYYYMMDD or empty.
    std::string level;
    /// With the decimals of the tables.
    struct Measured {
        double value = 0;
        std::optional<Interval> interval;
    };
    std::map<std::string, Measured> measured;  ///< By the names of `quantities`.
    std::string roi;                           ///< This and the next two as in MeasuredHow.
    std::string fat_method;
    std::string fat_guard;
    int deformed_bodies = 0;               ///< DeformityCount::low.
    bool id_is_of_several = false;         ///< It has the flag patient_id_contradiction.
    bool accession_is_of_several = false;  ///< It has accession_number_contradiction.
};

/// A risk, or why there is none; doubts about it.
struct FoundRisk {
    std::optional<RiskEstimate> estimate;
    std::vector<QcFlag> flags;  ///< All of FlagSubject::risk.
};

/// Evaluates the model of `estimator` with the measured CSA, FDR and VB, their intervals and the
/// clinical values of the patient (of the accession number, where the table tells its rows by
/// that), as with_measured joins them. Where that is not possible there is no estimate but a flag
/// that says why: `risk_no_clinical_data` (the table has no such patient, or
/// nothing tells which of several rows is of this examination, as match_examination),
/// `risk_identity_contradiction` (image and table state different sexes, or ages more than two
/// years apart; or the table has rows of its ID or accession number, by which it tells them, and
/// that stands for several people),
/// `risk_wrong_level` (the model is about L3), `risk_refused` (a value that nobody can have).
/// `risk_out_of_range` marks an estimate from values beyond the published ones, or
/// measured_otherwise. The age in the image's header stands in when the table has none.
FoundRisk find_risk(const RiskSubject& subject,
                    RiskEstimator& estimator,
                    const ClinicalTable& clinical);

/// Stores what find_risk finds for `report` in it.
void add_risk(StudyReport& report, RiskEstimator& estimator, const ClinicalTable& clinical);

}  // namespace paraspinal
