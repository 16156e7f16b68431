// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/unit.h"
#include "pipeline/report/fat_json_internal.h"
#include "pipeline/report/rounded_json_internal.h"

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
    return {{"method", fat_method_name(report.fat_threshold.method)},
            {"threshold", report.fat_threshold.value},
            {"evidence", report.fat_threshold.evidence},
            {"bias_corrected", report.bias_corrected},
            {"lean_muscle", rounded_json(evidence.lean_value, kSignalDecimals)},
            {"subcutaneous_fat", rounded_json(evidence.subcutaneous_fat_value, kSignalDecimals)},
            {"fdr_by_method", by_method},
            {"disagreement_pct", rounded_json(evidence.disagreement_pct, kUnitPercent.decimals)}};
}

Json roi_json(const FatEvidence& evidence) {
    return {{"used", muscle_roi_name(evidence.roi)},
            {"fascial", areas_json(evidence.fascial)},
            {"muscle", areas_json(evidence.muscle)}};
}

}  // namespace paraspinal
