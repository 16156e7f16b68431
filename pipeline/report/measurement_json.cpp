// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/measurement_json.h"

#include "core/text.h"
#include "pipeline/report/fat_json_internal.h"
#include "pipeline/report/level_json_internal.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/report/rounded_json_internal.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json percent(const std::optional<double>& fraction) {
    return rounded_json(fraction ? std::optional(100 * *fraction) : std::nullopt, kPercentDecimals);
}

Json point(const Vec3& v) {
    return Json::array({v.x, v.y, v.z});
}

Json study_json(const StudyIdentity& study) {
    return {{"patient_id", study.patient.id},
            {"patient_sex", study.patient.sex},
            {"patient_age_years", or_null(study.patient.age_years)},
            {"study_uid", study.study_uid},
            {"study_date", study.study_date}};
}

Json slice_json(const StudyReport& report) {
    const ImageSlice& slice = report.slice;
    return {{"series_uid", report.series_uid},
            {"series_description", report.series_description},
            {"sop_instance_uid", report.slice_uid},
            {"rows", slice.intensity.rows},
            {"columns", slice.intensity.cols},
            {"pixel_row_mm", slice.spacing.row_mm},
            {"pixel_col_mm", slice.spacing.col_mm},
            {"coordinates", "DICOM patient: x to the left, y to the back, z to the head"},
            {"origin_mm", point(slice.plane.origin_mm)},
            {"along_columns", point(slice.plane.along_columns)},
            {"along_rows", point(slice.plane.along_rows)}};
}

Json acquisition_json(const Acquisition& acquisition) {
    return {{"modality", acquisition.modality},
            {"manufacturer", acquisition.manufacturer},
            {"field_strength_t", or_null(acquisition.field_strength_t)},
            {"protocol_name", acquisition.protocol_name},
            {"sequence_name", acquisition.sequence_name},
            {"scanning_sequence", acquisition.scanning_sequence},
            {"sequence_variant", acquisition.sequence_variant},
            {"scan_options", acquisition.scan_options},
            {"image_type", acquisition.image_type},
            {"contrast_agent", acquisition.contrast_agent},
            {"repetition_time_ms", or_null(acquisition.repetition_time_ms)},
            {"echo_time_ms", or_null(acquisition.echo_time_ms)},
            {"inversion_time_ms", or_null(acquisition.inversion_time_ms)},
            {"flip_angle_deg", or_null(acquisition.flip_angle_deg)},
            {"echo_train_length", or_null(acquisition.echo_train_length)},
            {"b_value_s_mm2", or_null(acquisition.b_value_s_mm2)},
            {"slice_thickness_mm", or_null(acquisition.slice_thickness_mm)}};
}

Json structure_json(const StudyReport& report, const StructureMeasurement& part) {
    const bool has_area = part.pixels > 0;
    const bool has_fat = has_area && is_paraspinal_muscle(part.structure);
    const auto only_if = [](bool known, std::optional<double> value) {
        return known ? value : std::nullopt;
    };
    const auto confidence = report.outlines.confidence.find(part.structure);
    const bool has_confidence = has_area && confidence != report.outlines.confidence.end();
    return {
        {"name", structure_name(part.structure)},
        {"side", side_name(part.structure)},
        {"label", static_cast<int>(part.structure)},
        {"pixels", part.pixels},
        {"area_cm2", rounded_json(only_if(has_area, area_cm2(part)), kAreaDecimals)},
        {"fat_area_cm2", rounded_json(only_if(has_fat, fat_area_cm2(part)), kAreaDecimals)},
        {"fdr_pct", rounded_json(only_if(has_fat, fdr_pct(part)), kPercentDecimals)},
        {"outline_confidence",
         has_confidence ? rounded_json(confidence->second, kConfidenceDecimals) : Json(nullptr)}};
}

Json totals_json(const SliceMeasurement& slice, const MeasurementIntervals& intervals) {
    const bool has_muscle = csa_cm2(slice) > 0;
    const auto muscle_area = [has_muscle](double value_cm2) {
        return has_muscle ? rounded_json(value_cm2, kAreaDecimals) : Json(nullptr);
    };
    return {{"csa_cm2", muscle_area(csa_cm2(slice))},
            {"fa_cm2", muscle_area(fat_area_cm2(slice))},
            {"fdr_pct", rounded_json(fdr_pct(slice), kPercentDecimals)},
            {"lean_csa_cm2", muscle_area(lean_csa_cm2(slice))},
            {"vb_cm2", rounded_json(vb_cm2(slice), kAreaDecimals)},
            {"csa_vb_ratio",
             has_muscle ? rounded_json(csa_vb_ratio(slice), kRatioDecimals) : Json(nullptr)},
            {"asymmetry_pct", rounded_json(asymmetry_pct(slice), kPercentDecimals)},
            {"csa_low_cm2", rounded_json(low_of(intervals.csa_cm2), kAreaDecimals)},
            {"csa_high_cm2", rounded_json(high_of(intervals.csa_cm2), kAreaDecimals)},
            {"fdr_low_pct", rounded_json(low_of(intervals.fdr_pct), kPercentDecimals)},
            {"fdr_high_pct", rounded_json(high_of(intervals.fdr_pct), kPercentDecimals)},
            {"vb_low_cm2", rounded_json(low_of(intervals.vb_cm2), kAreaDecimals)},
            {"vb_high_cm2", rounded_json(high_of(intervals.vb_cm2), kAreaDecimals)}};
}

Json definitions_json() {
    return {{"csa_cm2", "cross-sectional area of multifidus and erector spinae of both sides"},
            {"fa_cm2", "area inside CSA at or above the fat threshold"},
            {"fdr_pct", "100 x FA / CSA, fatty degeneration ratio"},
            {"lean_csa_cm2", "CSA - FA"},
            {"vb_cm2", "area of the vertebral body on the same slice"},
            {"asymmetry_pct", "100 x (right CSA - left CSA) / their mean"},
            {"low, high", "90 % interval for the outline and the threshold, docs/intervals.md"},
            {"roi", "fascial: as outlined; muscle: without the fat between muscle and fascia"},
            {"area", "pixel count x row spacing x column spacing"},
            {"slice_offset_mm",
             "from the center of the inferior endplate to the slice, positive toward the head"},
            {"totals_tilt_corrected",
             "areas x cos(slice_tilt_deg): those of a slice parallel to the endplate, for muscles "
             "that run along the spine; ratios do not change"},
            {"source", "Yang et al. 2025, Image analyses, doi:10.3389/fmed.2025.1514894"}};
}

Json risk_json(const std::optional<RiskEstimate>& risk) {
    if (!risk) {
        return nullptr;
    }
    return {{"model", risk->model},
            {"risk_pct", percent(risk->probability)},
            {"risk_low_pct", percent(risk->low)},
            {"risk_high_pct", percent(risk->high)},
            {"percentile", rounded_json(risk->percentile, kPercentDecimals)},
            {"imputed_predictors", risk->imputed},
            {"predictors_out_of_range", risk->out_of_range}};
}

Json header_json(std::string_view status, const std::string& software_version) {
    return {{"format", "paraspinal measurement"},
            {"format_version", 1},
            {"notice", kResearchNotice},
            {"software", {{"name", "paraspinal"}, {"version", software_version}}},
            {"status", status}};
}

Json document(const StudyReport& report, const std::string& software_version) {
    Json all = header_json(status_name(report), software_version);
    all["flags"] = Json::array();
    for (const QcFlag& flag : report.flags) {
        all["flags"].push_back(Json{{"name", flag.name}, {"detail", flag.detail}});
    }
    all["study"] = study_json(report.study);
    all["slice"] = slice_json(report);
    all["acquisition"] = acquisition_json(report.source.acquisition);
    all["level"] = level_json(report);
    all["outlines"] = {{"source", report.outline_source}, {"model", report.outline_model}};
    all["fat"] = fat_json(report);
    all["roi"] = roi_json(report.fat_evidence);
    all["totals"] = totals_json(report.measurement, report.intervals);
    all["totals_tilt_corrected"] = tilt_corrected_json(report);
    all["structures"] = Json::array();
    for (const StructureMeasurement& part : report.measurement.structures) {
        all["structures"].push_back(structure_json(report, part));
    }
    all["definitions"] = definitions_json();
    all["risk"] = risk_json(report.risk);
    return all;
}

Json document(const StudyFailure& failure, const std::string& software_version) {
    Json all = header_json("failed", software_version);
    all["reason"] = error_name(failure.code);
    all["message"] = failure.message;
    all["study"] = study_json(failure.study);
    return all;
}

std::string text_of(const Json& json) {
    constexpr int kIndent = 2;
    return json.dump(kIndent, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string measurement_json(const StudyReport& report, const std::string& software_version) {
    return text_of(document(report, software_version));
}

std::string measurements_json(const std::vector<StudyOutcome>& outcomes,
                              const std::string& software_version) {
    Json all = Json::array();
    for (const StudyOutcome* const outcome : sorted_outcomes(outcomes)) {
        all.push_back(std::visit(
            [&](const auto& result) { return document(result, software_version); }, *outcome));
    }
    return text_of(all);
}

}  // namespace paraspinal
