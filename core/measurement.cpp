// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/measurement.h"

#include "core/error.h"

#include <algorithm>
#include <string>

namespace paraspinal {
namespace {

constexpr double kMm2PerCm2 = 100;

double side_area_mm2(const SliceMeasurement& slice, Side side) {
    double sum_mm2 = 0;
    for (const Structure muscle : kParaspinalMuscles) {
        sum_mm2 += side_of(muscle) == side ? measurement_of(slice, muscle).area_mm2 : 0;
    }
    return sum_mm2;
}

}  // namespace

const StructureMeasurement& measurement_of(const SliceMeasurement& slice, Structure structure) {
    const auto found =
        std::ranges::find(slice.structures, structure, &StructureMeasurement::structure);
    if (found == slice.structures.end()) {
        throw Error(ErrorCode::internal,
                    "no measurement of " + std::string(label_name(structure)) + " in this slice");
    }
    return *found;
}

double area_cm2(const StructureMeasurement& structure) {
    return structure.area_mm2 / kMm2PerCm2;
}

std::optional<double> fat_area_cm2(const StructureMeasurement& structure) {
    return structure.fat_area_mm2 ? std::optional(*structure.fat_area_mm2 / kMm2PerCm2)
                                  : std::nullopt;
}

double csa_cm2(const SliceMeasurement& slice) {
    double sum_mm2 = 0;
    for (const Structure muscle : kParaspinalMuscles) {
        sum_mm2 += measurement_of(slice, muscle).area_mm2;
    }
    return sum_mm2 / kMm2PerCm2;
}

std::optional<double> fat_area_cm2(const SliceMeasurement& slice) {
    double sum_mm2 = 0;
    for (const Structure muscle : kParaspinalMuscles) {
        const std::optional<double>& fat_mm2 = measurement_of(slice, muscle).fat_area_mm2;
        if (!fat_mm2) {
            return std::nullopt;
        }
        sum_mm2 += *fat_mm2;
    }
    return sum_mm2 / kMm2PerCm2;
}

std::optional<double> fdr_pct(const SliceMeasurement& slice) {
    const double area_cm2 = csa_cm2(slice);
    const std::optional<double> fat_cm2 = fat_area_cm2(slice);
    return area_cm2 > 0 && fat_cm2 ? std::optional(100 * *fat_cm2 / area_cm2) : std::nullopt;
}

std::optional<double> fdr_pct(const StructureMeasurement& structure) {
    return structure.area_mm2 > 0 && structure.fat_area_mm2
               ? std::optional(100 * *structure.fat_area_mm2 / structure.area_mm2)
               : std::nullopt;
}

std::optional<double> vb_cm2(const SliceMeasurement& slice) {
    const double area_mm2 = measurement_of(slice, Structure::vertebral_body).area_mm2;
    return area_mm2 > 0 ? std::optional(area_mm2 / kMm2PerCm2) : std::nullopt;
}

std::optional<double> csa_vb_ratio(const SliceMeasurement& slice) {
    const std::optional<double> body_cm2 = vb_cm2(slice);
    return body_cm2 ? std::optional(csa_cm2(slice) / *body_cm2) : std::nullopt;
}

std::optional<double> lean_csa_cm2(const SliceMeasurement& slice) {
    const std::optional<double> fat_cm2 = fat_area_cm2(slice);
    return fat_cm2 ? std::optional(csa_cm2(slice) - *fat_cm2) : std::nullopt;
}

std::optional<double> asymmetry_pct(const SliceMeasurement& slice) {
    const double right_mm2 = side_area_mm2(slice, Side::right);
    const double left_mm2 = side_area_mm2(slice, Side::left);
    const double mean_mm2 = (right_mm2 + left_mm2) / 2;
    return mean_mm2 > 0 ? std::optional(100 * (right_mm2 - left_mm2) / mean_mm2) : std::nullopt;
}

}  // namespace paraspinal
