// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/measurement_row.h"

#include "core/text.h"
#include "io/write_csv.h"
#include "pipeline/report/outcome_text.h"

#include <array>
#include <map>
#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

constexpr std::array<std::string_view, 56> kColumns{
    // Who and what.
    "patient_id",
    "patient_sex",
    "patient_age_years",
    "study_uid",
    "study_date",
    "series_uid",
    "sop_instance_uid",
    "status",
    "reason",
    // Where and how.
    "level",
    "level_source",
    "level_confidence",
    "slice_offset_mm",
    "slice_tilt_deg",
    "pixel_row_mm",
    "pixel_col_mm",
    "outline_source",
    "fat_method",
    "fat_threshold",
    // All four muscles.
    "csa_cm2",
    "fa_cm2",
    "fdr_pct",
    "vb_cm2",
    "csa_vb_ratio",
    "lean_csa_cm2",
    "csa_low_cm2",
    "csa_high_cm2",
    "fdr_low_pct",
    "fdr_high_pct",
    // Each muscle.
    "mf_right_csa_cm2",
    "mf_right_fa_cm2",
    "mf_right_fdr_pct",
    "mf_left_csa_cm2",
    "mf_left_fa_cm2",
    "mf_left_fdr_pct",
    "es_right_csa_cm2",
    "es_right_fa_cm2",
    "es_right_fdr_pct",
    "es_left_csa_cm2",
    "es_left_fa_cm2",
    "es_left_fdr_pct",
    "psoas_right_csa_cm2",
    "psoas_left_csa_cm2",
    "asymmetry_pct",
    // Risk.
    "risk_model",
    "risk_pct",
    "risk_low_pct",
    "risk_high_pct",
    "risk_percentile",
    "risk_imputed",
    // Trust.
    "qc_flags",
    "software_version",
    "outline_model",
    // Added later.
    "roi",
    "vb_low_cm2",
    "vb_high_cm2",
};

using Cells = std::map<std::string, std::string>;

std::string optional_text(const std::optional<double>& value, int decimals) {
    return value ? fixed_text(*value, decimals) : "";
}

std::string percent_text(const std::optional<double>& fraction) {
    return fraction ? fixed_text(100 * *fraction, kPercentDecimals) : "";
}

void add_identity(Cells& cells, const StudyIdentity& study) {
    const std::optional<double> age_years = study.patient.age_years;
    cells["patient_id"] = study.patient.id;
    cells["patient_sex"] = study.patient.sex;
    cells["patient_age_years"] = age_years ? shortest_text(*age_years) : "";
    cells["study_uid"] = study.study_uid;
    cells["study_date"] = study.study_date;
}

void add_slice(Cells& cells, const StudyReport& report) {
    const LevelEvidence& level = report.level;
    cells["series_uid"] = report.series_uid;
    cells["sop_instance_uid"] = report.slice_uid;
    cells["level"] = level.level;
    cells["level_source"] = level_source_name(level.source);
    cells["level_confidence"] = optional_text(level.confidence, kConfidenceDecimals);
    cells["slice_offset_mm"] = optional_text(level.slice_offset_mm, kDistanceDecimals);
    cells["slice_tilt_deg"] = optional_text(level.slice_tilt_deg, kDistanceDecimals);
    cells["pixel_row_mm"] = shortest_text(report.slice.spacing.row_mm);
    cells["pixel_col_mm"] = shortest_text(report.slice.spacing.col_mm);
    cells["outline_source"] = report.outline_source;
    cells["outline_model"] = report.outline_model;
    cells["roi"] = muscle_roi_name(report.fat_evidence.roi);
    cells["fat_method"] = fat_method_name(report.fat_threshold.method);
    cells["fat_threshold"] = shortest_text(report.fat_threshold.value);
}

void add_totals(Cells& cells, const SliceMeasurement& slice) {
    if (csa_cm2(slice) > 0) {
        cells["csa_cm2"] = fixed_text(csa_cm2(slice), kAreaDecimals);
        cells["fa_cm2"] = fixed_text(fat_area_cm2(slice), kAreaDecimals);
        cells["lean_csa_cm2"] = fixed_text(lean_csa_cm2(slice), kAreaDecimals);
        cells["csa_vb_ratio"] = optional_text(csa_vb_ratio(slice), kRatioDecimals);
    }
    cells["fdr_pct"] = optional_text(fdr_pct(slice), kPercentDecimals);
    cells["vb_cm2"] = optional_text(vb_cm2(slice), kAreaDecimals);
    cells["asymmetry_pct"] = optional_text(asymmetry_pct(slice), kPercentDecimals);
}

void add_intervals(Cells& cells, const MeasurementIntervals& intervals) {
    cells["csa_low_cm2"] = optional_text(low_of(intervals.csa_cm2), kAreaDecimals);
    cells["csa_high_cm2"] = optional_text(high_of(intervals.csa_cm2), kAreaDecimals);
    cells["fdr_low_pct"] = optional_text(low_of(intervals.fdr_pct), kPercentDecimals);
    cells["fdr_high_pct"] = optional_text(high_of(intervals.fdr_pct), kPercentDecimals);
    cells["vb_low_cm2"] = optional_text(low_of(intervals.vb_cm2), kAreaDecimals);
    cells["vb_high_cm2"] = optional_text(high_of(intervals.vb_cm2), kAreaDecimals);
}

std::string column_prefix(Structure structure) {
    const std::string side = std::string(side_name(structure)) + "_";
    switch (structure) {
        case Structure::multifidus_right:
        case Structure::multifidus_left: return "mf_" + side;
        case Structure::erector_spinae_right:
        case Structure::erector_spinae_left: return "es_" + side;
        case Structure::psoas_right:
        case Structure::psoas_left: return "psoas_" + side;
        case Structure::background:
        case Structure::vertebral_body: break;
    }
    return {};
}

void add_muscles(Cells& cells, const SliceMeasurement& slice) {
    for (const StructureMeasurement& muscle : slice.structures) {
        const std::string prefix = column_prefix(muscle.structure);
        if (muscle.pixels == 0 || prefix.empty()) {
            continue;
        }
        cells[prefix + "csa_cm2"] = fixed_text(area_cm2(muscle), kAreaDecimals);
        if (is_paraspinal_muscle(muscle.structure)) {
            cells[prefix + "fa_cm2"] = fixed_text(fat_area_cm2(muscle), kAreaDecimals);
            cells[prefix + "fdr_pct"] = optional_text(fdr_pct(muscle), kPercentDecimals);
        }
    }
}

void add_risk(Cells& cells, const RiskEstimate& risk) {
    cells["risk_model"] = risk.model;
    cells["risk_pct"] = percent_text(risk.probability);
    cells["risk_low_pct"] = percent_text(risk.low);
    cells["risk_high_pct"] = percent_text(risk.high);
    cells["risk_percentile"] = optional_text(risk.percentile, kPercentDecimals);
    cells["risk_imputed"] = joined(risk.imputed, ";");
}

}  // namespace

const std::vector<std::string>& measurement_columns() {
    static const std::vector<std::string> columns(kColumns.begin(), kColumns.end());
    return columns;
}

std::vector<std::string> measurement_row(const StudyOutcome& outcome,
                                         const std::string& software_version) {
    Cells cells;
    add_identity(cells, identity_of(outcome));
    cells["status"] = status_name(outcome);
    cells["software_version"] = software_version;
    if (const auto* const failure = std::get_if<StudyFailure>(&outcome)) {
        cells["reason"] = error_name(failure->code);
    } else {
        const auto& report = std::get<StudyReport>(outcome);
        add_slice(cells, report);
        add_totals(cells, report.measurement);
        add_intervals(cells, report.intervals);
        add_muscles(cells, report.measurement);
        if (report.risk) {
            add_risk(cells, *report.risk);
        }
        cells["qc_flags"] = flag_names(report);
    }
    std::vector<std::string> row;
    for (const std::string& column : measurement_columns()) {
        row.push_back(cells[column]);
    }
    return row;
}

std::string measurements_csv(const std::vector<StudyOutcome>& outcomes,
                             const std::string& software_version) {
    std::vector<std::vector<std::string>> rows;
    for (const StudyOutcome* const outcome : sorted_outcomes(outcomes)) {
        rows.push_back(measurement_row(*outcome, software_version));
    }
    return csv_text(measurement_columns(), rows);
}

}  // namespace paraspinal
