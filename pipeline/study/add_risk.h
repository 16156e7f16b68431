// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "pipeline/study/study_report.h"
#include "pipeline/tables/clinical_table.h"
#include "risk/model/estimate_risk.h"

namespace paraspinal {

/// Evaluates the model of `estimator` with the measured CSA, FDR and VB, their intervals (all with
/// the decimals of the tables) and the clinical values of the report's patient (of its accession
/// number, where the table tells its rows by that), as with_measured joins them, and stores the
/// estimate in the report. Where that is not possible the report keeps no risk and gains a flag
/// that says why: `risk_no_clinical_data` (the table has no such patient, or
/// nothing tells which of several rows is of this examination, as match_examination),
/// `risk_identity_contradiction` (image and table state different sexes, or ages more than two
/// years apart), `risk_wrong_level` (the model is about L3), `risk_refused` (a value that nobody
/// can have). `risk_out_of_range` marks an estimate from values beyond the published ones, or
/// measured_otherwise. The age
/// in the image's header stands in when the table has none.
void add_risk(StudyReport& report, RiskEstimator& estimator, const ClinicalTable& clinical);

}  // namespace paraspinal
