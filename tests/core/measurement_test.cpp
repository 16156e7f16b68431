// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/measurement.h"

#include "core/error.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

SliceMeasurement slice_with(double muscle_area_mm2, double fat_area_mm2, double body_area_mm2) {
    SliceMeasurement slice;
    for (const Structure structure : kStructures) {
        slice.structures.push_back({.structure = structure});
        if (is_paraspinal_muscle(structure)) {
            slice.structures.back().area_mm2 = muscle_area_mm2;
            slice.structures.back().fat_area_mm2 = fat_area_mm2;
        }
        if (structure == Structure::vertebral_body) {
            slice.structures.back().area_mm2 = body_area_mm2;
        }
    }
    return slice;
}

TEST(SliceMeasurement, AddsTheFourMuscles) {
    const SliceMeasurement slice = slice_with(800, 200, 1600);
    EXPECT_DOUBLE_EQ(csa_cm2(slice), 32);
    EXPECT_DOUBLE_EQ(fat_area_cm2(slice).value(), 8);
    EXPECT_DOUBLE_EQ(fdr_pct(slice).value(), 25);
    EXPECT_DOUBLE_EQ(lean_csa_cm2(slice).value(), 24);
    EXPECT_DOUBLE_EQ(vb_cm2(slice).value(), 16);
    EXPECT_DOUBLE_EQ(csa_vb_ratio(slice).value(), 2);
    EXPECT_DOUBLE_EQ(asymmetry_pct(slice).value(), 0);
}

TEST(SliceMeasurement, SaysNothingRatherThanDividingByZero) {
    const SliceMeasurement slice = slice_with(0, 0, 0);
    EXPECT_EQ(fdr_pct(slice), std::nullopt);
    EXPECT_EQ(vb_cm2(slice), std::nullopt);
    EXPECT_EQ(csa_vb_ratio(slice), std::nullopt);
    EXPECT_EQ(asymmetry_pct(slice), std::nullopt);
}

TEST(SliceMeasurement, HasNoFatWhereOneMusclesFatIsNotMeasured) {
    SliceMeasurement slice = slice_with(800, 200, 1600);
    slice.structures.front().fat_area_mm2.reset();
    EXPECT_EQ(fat_area_cm2(slice), std::nullopt);
    EXPECT_EQ(fdr_pct(slice), std::nullopt);
    EXPECT_EQ(lean_csa_cm2(slice), std::nullopt);
    EXPECT_EQ(fdr_pct(slice.structures.front()), std::nullopt);
    EXPECT_DOUBLE_EQ(csa_cm2(slice), 32);
}

TEST(SliceMeasurement, AsymmetryIsPositiveWhenTheRightIsLarger) {
    SliceMeasurement slice = slice_with(1000, 0, 0);
    slice.structures.at(0).area_mm2 = 2000;  // Right multifidus: 3000 against 2000 mm2.
    EXPECT_DOUBLE_EQ(asymmetry_pct(slice).value(), 40);
}

TEST(MeasurementOf, RefusesAnIncompleteList) {
    EXPECT_THROW(measurement_of(SliceMeasurement{}, Structure::vertebral_body), Error);
}

}  // namespace
}  // namespace paraspinal
