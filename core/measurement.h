// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/structure.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace paraspinal {

/// What was counted inside one outline.
struct StructureMeasurement {
    Structure structure = Structure::background;
    std::int64_t pixels = 0;
    double area_mm2 = 0;  ///< pixels x row spacing x column spacing.
    /// Of the pixels at or above the fat threshold; nullopt where fat is not measured.
    std::optional<double> fat_area_mm2;
    friend bool operator==(const StructureMeasurement&, const StructureMeasurement&) = default;
};

/// All structures of one slice, one entry each in label order, absent structures with 0 pixels.
struct SliceMeasurement {
    std::vector<StructureMeasurement> structures;
    friend bool operator==(const SliceMeasurement&, const SliceMeasurement&) = default;
};

/// The entry of `structure`.
const StructureMeasurement& measurement_of(const SliceMeasurement& slice, Structure structure);

/// Area of one structure, cm2.
double area_cm2(const StructureMeasurement& structure);

/// Fat area of one structure, cm2; nullopt where fat is not measured.
std::optional<double> fat_area_cm2(const StructureMeasurement& structure);

/// Cross-sectional area of bilateral multifidus and erector spinae, cm2.
/// Source: Yang et al. 2025, Image analyses, doi:10.3389/fmed.2025.1514894.
double csa_cm2(const SliceMeasurement& slice);

/// Fat area inside those muscles (FA), cm2; nullopt where fat is not measured. Source: as csa_cm2.
std::optional<double> fat_area_cm2(const SliceMeasurement& slice);

/// Fatty degeneration ratio FA / CSA in percent, [0, 100]; nullopt when there is no muscle or fat
/// is not measured.
std::optional<double> fdr_pct(const SliceMeasurement& slice);

/// The same ratio of one structure.
std::optional<double> fdr_pct(const StructureMeasurement& structure);

/// Vertebral-body area on the slice (VB), cm2; nullopt when it is not outlined.
std::optional<double> vb_cm2(const SliceMeasurement& slice);

/// CSA / VB, no unit; nullopt when the vertebral body is not outlined.
std::optional<double> csa_vb_ratio(const SliceMeasurement& slice);

/// CSA - FA, cm2; nullopt where fat is not measured.
std::optional<double> lean_csa_cm2(const SliceMeasurement& slice);

/// Difference between the right and left CSA over their mean, percent; positive when the right is
/// larger; nullopt when there is no muscle.
std::optional<double> asymmetry_pct(const SliceMeasurement& slice);

}  // namespace paraspinal
