// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/unit.h"
#include "pipeline/report/json/fat_json_internal.h"
#include "pipeline/report/json/rounded_json_internal.h"

#include <string>

namespace paraspinal {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSignalDecimals = 2;  // Bias-corrected values of the image.

Json method_json(const MethodFat& one) {
    Json json{{"threshold", one.threshold.value},
              {"evidence", one.threshold.evidence},
              {"fdr_pct", rounded_json(fdr_pct(one.measurement), kUnitPercent.decimals)}};
    for (const StructureMeasurement& part : one.measurement.structures) {
        if (is_paraspinal_muscle(part.structure)) {
            json[std::string(label_name(part.structure)) + "_fdr_pct"] =
                rounded_json(fdr_pct(part), kUnitPercent.decimals);
        }
    }
    return json;
}

Json threshold_json(const std::optional<FatThreshold>& threshold) {
    if (!threshold) {
        return {
            {"method", nullptr}, {"threshold", nullptr}, {"guard", nullptr}, {"evidence", nullptr}};
    }
    return {{"method", fat_method_name(threshold->method)},
            {"threshold", threshold->value},
            {"guard", fat_guard_name(threshold->guard)},
            {"evidence", threshold->evidence}};
}

Json fat_value(const FatEvidence& evidence) {
    return rounded_json(evidence.fat->reference.fat, kSignalDecimals);
}

Json areas_json(const SliceMeasurement& slice) {
    const bool has_muscle = !slice.structures.empty() && csa_cm2(slice) > 0;
    if (!has_muscle) {
        return {{"csa_cm2", nullptr}, {"fa_cm2", nullptr}, {"fdr_pct", nullptr}};
    }
    return {{"csa_cm2", rounded_json(csa_cm2(slice), kUnitCm2.decimals)},
            {"fa_cm2", rounded_json(fat_area_cm2(slice), kUnitCm2.decimals)},
            {"fdr_pct", rounded_json(fdr_pct(slice), kUnitPercent.decimals)}};
}

}  // namespace

Json fat_json(const StudyReport& report) {
    const FatEvidence& evidence = report.fat_evidence;
    Json by_method = Json::object();
    for (const MethodFat& one : evidence.by_method) {
        by_method[std::string(fat_method_name(one.threshold.method))] = method_json(one);
    }
    Json json = threshold_json(report.fat_threshold);
    json["bias_corrected"] = report.bias_corrected;
    json["lean_muscle"] =
        evidence.scale ? rounded_json(evidence.scale->lean, kSignalDecimals) : Json(nullptr);
    const bool is_subcutaneous =
        evidence.fat && evidence.fat->reference.place == FatPlace::subcutaneous;
    json["subcutaneous_fat"] = is_subcutaneous ? fat_value(evidence) : Json(nullptr);
    json["fat_elsewhere"] = evidence.fat && !is_subcutaneous ? fat_value(evidence) : Json(nullptr);
    json["clipping"] = {{"muscle_at_floor", rounded_json(evidence.clipping.muscle_at_floor, 4)},
                        {"fat_at_top", rounded_json(evidence.clipping.fat_at_top, 4)},
                        {"gray_levels", evidence.clipping.gray_levels}};
    json["dark_band"] = rounded_json(evidence.dark_band, 3);
    json["fdr_by_method"] = by_method;
    json["disagreement_pct"] = rounded_json(evidence.disagreement_pct, kUnitPercent.decimals);
    return json;
}

Json roi_json(const FatEvidence& evidence) {
    return {{"used", muscle_roi_name(evidence.roi)},
            {"fascial", areas_json(evidence.fascial)},
            {"muscle", areas_json(evidence.muscle)}};
}

}  // namespace paraspinal
