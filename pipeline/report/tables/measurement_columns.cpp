// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/measurement_columns.h"

#include "core/text.h"
#include "core/unit.h"
#include "pipeline/report/describe.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/study/further_quantities.h"
#include "pipeline/study/quantities.h"
#include "pipeline/study/repeatability.h"
#include "segmentation/level/deformity.h"

#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

using Column = MeasurementColumn;

std::string text_of(const std::optional<double>& value, const Unit& unit) {
    return value ? fixed_text(*value, unit.decimals) : "";
}

// The kinds of columns. What a failed study does not have is empty.

Column of_outcome(std::string name, std::function<std::string(const StudyOutcome&)> text) {
    return {.name = std::move(name),
            .text = [text = std::move(text)](const StudyOutcome& outcome, const std::string&) {
                return text(outcome);
            }};
}

Column of_identity(std::string name, std::function<std::string(const StudyIdentity&)> text) {
    return of_outcome(std::move(name), [text = std::move(text)](const StudyOutcome& outcome) {
        return text(identity_of(outcome));
    });
}

Column of_report(std::string name, std::function<std::string(const StudyReport&)> text) {
    return of_outcome(std::move(name), [text = std::move(text)](const StudyOutcome& outcome) {
        const auto* const report = std::get_if<StudyReport>(&outcome);
        return report != nullptr ? text(*report) : std::string();
    });
}

Column of_failure(std::string name, std::function<std::string(const StudyFailure&)> text) {
    return of_outcome(std::move(name), [text = std::move(text)](const StudyOutcome& outcome) {
        const auto* const failure = std::get_if<StudyFailure>(&outcome);
        return failure != nullptr ? text(*failure) : std::string();
    });
}

Column of_threshold(std::string name, std::function<std::string(const FatThreshold&)> text) {
    return of_report(std::move(name), [text = std::move(text)](const StudyReport& report) {
        return report.fat_threshold ? text(*report.fat_threshold) : std::string();
    });
}

Column of_risk(std::string name, std::function<std::string(const RiskEstimate&)> text) {
    return of_report(std::move(name), [text = std::move(text)](const StudyReport& report) {
        return report.risk ? text(*report.risk) : std::string();
    });
}

Column of_companion(std::string name, std::function<std::string(const CompanionEstimate&)> text) {
    return of_risk(std::move(name), [text = std::move(text)](const RiskEstimate& risk) {
        return risk.companion ? text(*risk.companion) : std::string();
    });
}

Column of_alternative(std::string name, std::function<std::string(const StudyReport&)> text) {
    return of_report(std::move(name), [text = std::move(text)](const StudyReport& report) {
        const bool is_measured = report.alternative && report.alternative->report;
        return is_measured ? text(*report.alternative->report) : std::string();
    });
}

// A quantity of the slice of the other count.
Column alternative_column(std::string name, std::string_view of) {
    const Quantity& row = quantity(of);
    return of_alternative(std::move(name), [&row](const StudyReport& alternative) {
        return text_of(row.value(alternative), row.unit);
    });
}

Column value_column(std::string_view name) {
    const Quantity& row = quantity(name);
    return of_report(std::string(row.name), [&row](const StudyReport& report) {
        return text_of(row.value(report), row.unit);
    });
}

// An end of one of the two intervals of a quantity.
template <class IntervalOf, class EndOf>
Column end_column(std::string name, const Quantity& row, IntervalOf interval, EndOf end) {
    return of_report(std::move(name), [&row, interval, end](const StudyReport& report) {
        return text_of(end(interval(row, report)), row.unit);
    });
}

Column low_column(std::string_view name) {
    const Quantity& row = quantity(name);
    return end_column(low_name(row), row, interval_of, low_of);
}

Column high_column(std::string_view name) {
    const Quantity& row = quantity(name);
    return end_column(high_name(row), row, interval_of, high_of);
}

Column repeat_low_column(std::string_view name) {
    const Quantity& row = quantity(name);
    return end_column(repeat_low_name(row), row, repeat_interval, low_of);
}

Column repeat_high_column(std::string_view name) {
    const Quantity& row = quantity(name);
    return end_column(repeat_high_name(row), row, repeat_interval, high_of);
}

// Of the bodies that the sagittal series shows.
Column deformity_column(std::string name, int DeformityCount::*count) {
    return of_report(std::move(name), [count](const StudyReport& report) {
        return report.level_view
                   ? std::to_string(
                         count_deformed(judged_bodies(report.level_view->sagittal.spine)).*count)
                   : std::string();
    });
}

Column structure_column(Structure structure, std::string_view column) {
    const StructureQuantity& row = structure_quantity(column);
    return of_report(column_name(row, structure), [&row, structure](const StudyReport& report) {
        return text_of(row.value(report, measurement_of(report.measurement, structure)), row.unit);
    });
}

std::vector<Column> first_columns() {
    using enum Structure;
    return {
        // Who and what.
        of_identity("patient_id", [](const auto& study) { return study.patient.id; }),
        of_identity("patient_sex", [](const auto& study) { return study.patient.sex; }),
        of_identity("patient_age_years",
                    [](const auto& study) {
                        const std::optional<double> age_years = study.patient.age_years;
                        return age_years ? shortest_text(*age_years) : "";
                    }),
        of_identity("study_uid", &StudyIdentity::study_uid),
        of_identity("study_date", &StudyIdentity::study_date),
        of_report("series_uid", &StudyReport::series_uid),
        of_report("sop_instance_uid", &StudyReport::slice_uid),
        of_outcome("status", [](const auto& outcome) { return std::string(status_name(outcome)); }),
        of_failure("reason",
                   [](const auto& failure) { return std::string(error_name(failure.code)); }),
        // Where and how.
        of_report("level", [](const auto& report) { return report.level.level; }),
        of_report(
            "level_source",
            [](const auto& report) { return std::string(level_source_name(report.level.source)); }),
        of_report(
            "level_confidence",
            [](const auto& report) { return text_of(report.level.confidence, kUnitConfidence); }),
        of_report(
            "slice_offset_mm",
            [](const auto& report) { return text_of(report.level.slice_offset_mm, kUnitMm); }),
        of_report(
            "slice_tilt_deg",
            [](const auto& report) { return text_of(report.level.slice_tilt_deg, kUnitDegrees); }),
        of_report("pixel_row_mm",
                  [](const auto& report) { return shortest_text(report.slice.spacing.row_mm); }),
        of_report("pixel_col_mm",
                  [](const auto& report) { return shortest_text(report.slice.spacing.col_mm); }),
        of_report("outline_source", &StudyReport::outline_source),
        of_threshold("fat_method",
                     [](const auto& fat) { return std::string(fat_method_name(fat.method)); }),
        of_threshold("fat_threshold", [](const auto& fat) { return shortest_text(fat.value); }),
        // All four muscles.
        value_column("csa_cm2"),
        value_column("fa_cm2"),
        value_column("fdr_pct"),
        value_column("vb_cm2"),
        value_column("csa_vb_ratio"),
        value_column("lean_csa_cm2"),
        low_column("csa_cm2"),
        high_column("csa_cm2"),
        low_column("fdr_pct"),
        high_column("fdr_pct"),
        // Each muscle.
        structure_column(multifidus_right, "csa_cm2"),
        structure_column(multifidus_right, "fa_cm2"),
        structure_column(multifidus_right, "fdr_pct"),
        structure_column(multifidus_left, "csa_cm2"),
        structure_column(multifidus_left, "fa_cm2"),
        structure_column(multifidus_left, "fdr_pct"),
        structure_column(erector_spinae_right, "csa_cm2"),
        structure_column(erector_spinae_right, "fa_cm2"),
        structure_column(erector_spinae_right, "fdr_pct"),
        structure_column(erector_spinae_left, "csa_cm2"),
        structure_column(erector_spinae_left, "fa_cm2"),
        structure_column(erector_spinae_left, "fdr_pct"),
        structure_column(psoas_right, "csa_cm2"),
        structure_column(psoas_left, "csa_cm2"),
        value_column("asymmetry_pct"),
        // Risk.
        of_risk("risk_model", &RiskEstimate::model),
        value_column("risk_pct"),
        low_column("risk_pct"),
        high_column("risk_pct"),
        of_risk("risk_percentile",
                [](const auto& risk) { return text_of(risk.percentile, kUnitPercent); }),
        of_risk("risk_imputed", [](const auto& risk) { return joined(risk.imputed, ";"); }),
        // Trust.
        of_report("qc_flags", flag_names),
        {.name = "software_version",
         .text = [](const StudyOutcome&, const std::string& version) { return version; }},
        of_report("outline_model", &StudyReport::outline_model),
        // Added later.
        of_report("roi",
                  [](const auto& report) {
                      return std::string(muscle_roi_name(report.fat_evidence.roi));
                  }),
        of_threshold("fat_guard",
                     [](const auto& fat) { return std::string(fat_guard_name(fat.guard)); }),
        value_column("fat_fraction_pct"),
        of_identity("accession_number", &StudyIdentity::accession_number),
        of_report("series_number",
                  [](const auto& report) { return std::to_string(report.series_number); }),
        of_report("series_description", &StudyReport::series_description),
        of_report("instance_number",
                  [](const auto& report) { return std::to_string(report.source.instance_number); }),
        of_identity("source_file", [](const auto& study) { return study.file.string(); }),
        of_identity("study_folder", study_folder_name),
        of_failure("message", [](const auto& failure) { return failure.message; }),
        of_report("image_flags",
                  [](const auto& report) { return flag_names_about(report, is_of_image); }),
        of_report("risk_flags",
                  [](const auto& report) { return flag_names_about(report, is_of_risk); }),
        low_column("vb_cm2"),
        high_column("vb_cm2"),
        // What people said of it stands in the folder of the run: batch/apply_readings.h.
        of_report("reading", [](const auto&) { return std::string(kModelReading); }),
        of_outcome("reader", [](const auto&) { return std::string(); }),
        of_outcome("review_status", [](const auto&) { return std::string(); }),
        of_outcome("review_note", [](const auto&) { return std::string(); }),
        of_companion("companion_model", &CompanionEstimate::model),
        value_column("companion_risk_pct"),
        low_column("companion_risk_pct"),
        high_column("companion_risk_pct"),
        of_report("level_alternative",
                  [](const auto& report) {
                      return report.level.alternatives.empty()
                                 ? std::string()
                                 : report.level.alternatives.front().vertebra;
                  }),
        of_alternative("alternative_slice_uid", &StudyReport::slice_uid),
        alternative_column("alternative_csa_cm2", "csa_cm2"),
        alternative_column("alternative_fdr_pct", "fdr_pct"),
        of_report("level_offset", [](const auto& report) { return offset_text(report.level); }),
        deformity_column("bodies_measured", &DeformityCount::measured),
        deformity_column("deformed_bodies", &DeformityCount::deformed),
        deformity_column("deformed_bodies_low", &DeformityCount::low),
        deformity_column("deformed_bodies_high", &DeformityCount::high),
        repeat_low_column("csa_cm2"),
        repeat_high_column("csa_cm2"),
        repeat_low_column("fdr_pct"),
        repeat_high_column("fdr_pct"),
        repeat_low_column("vb_cm2"),
        repeat_high_column("vb_cm2"),
        of_identity("patient_height_m",
                    [](const auto& study) {
                        const std::optional<double> height_m = adult_height_m(study.patient);
                        return height_m ? shortest_text(*height_m) : "";
                    }),
    };
}

std::vector<Column> all_columns() {
    std::vector<Column> columns = first_columns();
    for (const Quantity& row : further_quantities()) {
        columns.push_back(of_report(std::string(row.name), [&row](const StudyReport& report) {
            return text_of(row.value(report), row.unit);
        }));
    }
    return columns;
}

}  // namespace

const std::vector<MeasurementColumn>& measurement_column_table() {
    static const std::vector<MeasurementColumn> columns = all_columns();
    return columns;
}

}  // namespace paraspinal
