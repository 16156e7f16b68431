// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/unit.h"
#include "pipeline/report/json/level_json_internal.h"
#include "pipeline/report/json/rounded_json_internal.h"
#include "pipeline/study/quantities.h"

#include <cmath>
#include <numbers>
#include <optional>
#include <string>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

Json endplate_json(const Endplate& endplate) {
    return {{"centre_mm", rounded_json(endplate.plane.point_mm, kUnitMm.decimals)},
            {"normal", rounded_json(endplate.plane.normal, kDirectionDecimals)},
            {"residual_mm", rounded_json(endplate.residual_mm, kUnitMm.decimals)},
            {"sagittal_slices", endplate.slices}};
}

Json alternative_json(const LevelAlternative& other) {
    const bool has_slice = !other.slice_uid.empty();
    const auto only_if = [has_slice](double value) {
        return has_slice ? rounded_json(value, kUnitMm.decimals) : Json(nullptr);
    };
    return {{"vertebra_as_named", other.vertebra},
            {"sop_instance_uid", has_slice ? Json(other.slice_uid) : Json(nullptr)},
            {"slice_offset_mm", only_if(other.position.offset_mm)},
            {"slice_tilt_deg", only_if(other.position.tilt_deg)}};
}

Json alternative_measured_json(const StudyReport& report) {
    if (!report.alternative) {
        return nullptr;
    }
    Json json{{"vertebra_as_named", report.alternative->vertebra},
              {"sop_instance_uid", nullptr},
              {"totals", nullptr},
              {"flags", Json::array()},
              {"failure", report.alternative->failure}};
    if (const StudyReport* const other = report.alternative->report.get()) {
        json["sop_instance_uid"] = other->slice_uid;
        json["totals"] = Json::object();
        for (const Quantity& quantity : quantities()) {
            json["totals"][std::string(quantity.name)] =
                rounded_json(quantity.value(*other), quantity.unit.decimals);
        }
        for (const QcFlag& flag : other->flags) {
            json["flags"].push_back(Json{{"name", flag.name()}, {"detail", flag.detail}});
        }
    }
    return json;
}

Json spine_json(const SpineView& view) {
    Json json{{"series_uid", view.series_uid},
              {"model", view.model},
              {"slices_read", view.slices_read},
              {"vertebrae", Json::array()},
              {"doubts", Json::array()}};
    for (const Vertebra& vertebra : view.spine.vertebrae) {
        const std::optional<Endplate>& endplate = vertebra.inferior_endplate;
        json["vertebrae"].push_back(
            {{"name", vertebra.name()},
             {"confidence", rounded_json(vertebra.confidence, kUnitConfidence.decimals)},
             {"centre_mm", rounded_json(vertebra.place.center_mm, kUnitMm.decimals)},
             {"inferior_endplate", endplate ? endplate_json(*endplate) : Json(nullptr)}});
    }
    for (const NamingDoubt& doubt : view.spine.doubts) {
        json["doubts"].push_back(Json{{"name", doubt.name}, {"detail", doubt.detail}});
    }
    return json;
}

}  // namespace

nlohmann::ordered_json level_json(const StudyReport& report) {
    const LevelEvidence& level = report.level;
    Json json{
        {"name", level.level},
        {"source", level_source_name(level.source)},
        {"confidence", rounded_json(level.confidence, kUnitConfidence.decimals)},
        {"slice_offset_mm", rounded_json(level.slice_offset_mm, kUnitMm.decimals)},
        {"slice_tilt_deg", rounded_json(level.slice_tilt_deg, kUnitDegrees.decimals)},
        {"inferior_endplate", level.endplate ? endplate_json(*level.endplate) : Json(nullptr)},
        {"alternatives", Json::array()},
        {"alternative_measured", alternative_measured_json(report)},
        {"operator_offset", level.level_offset},
        {"spine", report.level_view ? spine_json(report.level_view->sagittal) : Json(nullptr)}};
    for (const LevelAlternative& other : level.alternatives) {
        json["alternatives"].push_back(alternative_json(other));
    }
    return json;
}

// A slice that is tilted against the endplate cuts a muscle, which runs along the spine, slantwise:
// the section is longer by 1 / cos(tilt) in the direction of the tilt and as wide as before.
nlohmann::ordered_json tilt_corrected_json(const StudyReport& report) {
    if (!report.level.slice_tilt_deg || csa_cm2(report.measurement) <= 0) {
        return nullptr;
    }
    constexpr int kFactorDecimals = 6;
    const double cosine = std::cos(*report.level.slice_tilt_deg * std::numbers::pi / 180);
    Json json{{"factor", rounded_json(cosine, kFactorDecimals)}};
    for (const Quantity& area : quantities()) {
        if (area.unit.ucum == kUnitCm2.ucum) {
            const std::optional<double> value_cm2 = area.value(report);
            json[std::string(area.name)] = rounded_json(
                value_cm2 ? std::optional(cosine * *value_cm2) : std::nullopt, area.unit.decimals);
        }
    }
    return json;
}

}  // namespace paraspinal
