// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/json/measurement_json.h"

#include "core/error.h"
#include "core/text.h"
#include "core/unit.h"
#include "pipeline/report/json/fat_json_internal.h"
#include "pipeline/report/json/level_json_internal.h"
#include "pipeline/report/json/rounded_json_internal.h"
#include "pipeline/report/json/vertebrae_json_internal.h"
#include "pipeline/report/outcome_text.h"
#include "pipeline/study/further_quantities.h"
#include "pipeline/study/quantities.h"
#include "pipeline/study/repeatability.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json point(const Vec3& v) {
    return Json::array({v.x, v.y, v.z});
}

Json study_json(const StudyIdentity& study) {
    return {{"patient_id", study.patient.id},
            {"patient_sex", study.patient.sex},
            {"patient_age_years", or_null(study.patient.age_years)},
            {"patient_height_m", or_null(adult_height_m(study.patient))},
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
            {"manufacturer_model", acquisition.manufacturer_model},
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
    Json json{{"name", structure_name(part.structure)},
              {"side", side_name(part.structure)},
              {"label", static_cast<int>(part.structure)},
              {"pixels", part.pixels}};
    for (const StructureQuantity& quantity : structure_quantities()) {
        json[std::string(quantity.name)] =
            rounded_json(quantity.value(report, part), quantity.unit.decimals);
    }
    return json;
}

Json totals_json(const StudyReport& report) {
    Json json = Json::object();
    for (const Quantity& quantity : quantities()) {
        json[std::string(quantity.name)] =
            rounded_json(quantity.value(report), quantity.unit.decimals);
    }
    for (const Quantity& quantity : quantities()) {
        if (quantity.interval != nullptr) {
            const int decimals = quantity.unit.decimals;
            const std::optional<Interval> interval = quantity.interval(report);
            const std::optional<Interval> repeat = repeat_interval(quantity, report);
            json[low_name(quantity)] = rounded_json(low_of(interval), decimals);
            json[high_name(quantity)] = rounded_json(high_of(interval), decimals);
            json[repeat_low_name(quantity)] = rounded_json(low_of(repeat), decimals);
            json[repeat_high_name(quantity)] = rounded_json(high_of(repeat), decimals);
        }
    }
    return json;
}

Json further_json(const StudyReport& report) {
    Json json = Json::object();
    for (const Quantity& quantity : further_quantities()) {
        json[std::string(quantity.name)] =
            rounded_json(quantity.value(report), quantity.unit.decimals);
    }
    return json;
}

Json definitions_json() {
    Json json = Json::object();
    for (const Quantity& quantity : quantities()) {
        if (!quantity.definition.empty()) {
            json[std::string(quantity.name)] = quantity.definition;
        }
    }
    json.update(
        Json{{"low, high", "90 % interval of agreement with another reader, docs/intervals.md"},
             {"repeat_low, repeat_high",
              "90 % interval of repeatability, a lower bound, docs/intervals.md"},
             {"roi", "fascial: as outlined; muscle: without the fat between muscle and fascia"},
             {"area", "pixel count x row spacing x column spacing"},
             {"slice_offset_mm",
              "from the center of the inferior endplate to the slice, positive toward the head"},
             {"totals_tilt_corrected",
              "areas x cos(slice_tilt_deg): those of a slice parallel to the endplate, for muscles "
              "that run along the spine; ratios do not change"},
             {"source", "Yang et al. 2025, Image analyses, doi:10.3389/fmed.2025.1514894"}});
    return json;
}

Json value_and_interval_json(const StudyReport& report, std::string_view name) {
    const Quantity& risk = quantity(name);
    const std::optional<Interval> interval = interval_of(risk, report);
    return {{risk.name, rounded_json(risk.value(report), risk.unit.decimals)},
            {low_name(risk), rounded_json(low_of(interval), risk.unit.decimals)},
            {high_name(risk), rounded_json(high_of(interval), risk.unit.decimals)}};
}

Json companion_json(const StudyReport& report) {
    const CompanionEstimate& companion = report.risk->companion.value();
    Json json{{"model", companion.model}};
    json.update(value_and_interval_json(report, "companion_risk_pct"));
    json["reason"] = companion.reason;
    return json;
}

Json risk_json(const StudyReport& report) {
    if (!report.risk) {
        return nullptr;
    }
    Json json{{"model", report.risk->model}};
    json.update(value_and_interval_json(report, "risk_pct"));
    json["percentile"] = rounded_json(report.risk->percentile, kUnitPercent.decimals);
    json["imputed_predictors"] = report.risk->imputed;
    json["predictors_out_of_range"] = report.risk->out_of_range;
    json["companion"] = report.risk->companion ? companion_json(report) : Json(nullptr);
    return json;
}

Json flags_json(const std::vector<QcFlag>& flags) {
    Json all = Json::array();
    for (const QcFlag& flag : flags) {
        all.push_back(Json{{"name", flag.name()}, {"detail", flag.detail}});
    }
    return all;
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
    all["flags"] = flags_json(report.flags);
    all["study"] = study_json(report.study);
    all["slice"] = slice_json(report);
    all["acquisition"] = acquisition_json(report.source.acquisition);
    all["level"] = level_json(report);
    all["vertebral_bodies"] = vertebrae_json(report);
    all["outlines"] = {{"source", report.outline_source}, {"model", report.outline_model}};
    all["fat"] = fat_json(report);
    all["roi"] = roi_json(report.fat_evidence);
    all["totals"] = totals_json(report);
    all["totals_tilt_corrected"] = tilt_corrected_json(report);
    all["further"] = further_json(report);
    all["structures"] = Json::array();
    for (const StructureMeasurement& part : report.measurement.structures) {
        all["structures"].push_back(structure_json(report, part));
    }
    all["definitions"] = definitions_json();
    all["risk"] = risk_json(report);
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

std::string with_risk(std::string_view json, const FoundRisk& found) {
    try {
        const auto name_of = [](const Json& flag) { return flag.at("name").get<std::string>(); };
        Json all = is_json_too_deep(json) ? Json() : Json::parse(json);
        auto& flags = all.at("flags").get_ref<Json::array_t&>();
        std::erase_if(flags, [&](const Json& flag) { return is_flag_of_estimate(name_of(flag)); });
        std::ranges::copy(flags_json(found.flags), std::back_inserter(flags));
        std::ranges::stable_sort(flags, {}, name_of);
        StudyReport report;
        report.risk = found.estimate;
        all.at("risk") = risk_json(report);
        return text_of(all);
    } catch (const Json::exception&) {
        throw Error(ErrorCode::malformed_file, "this is no complete measurement.json");
    }
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
