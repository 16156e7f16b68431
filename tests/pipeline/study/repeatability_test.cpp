// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/repeatability.h"

#include <gtest/gtest.h>

#include <cmath>

namespace paraspinal {
namespace {

// CSA 40 cm2, VB 12 cm2, FDR `fdr_pct`.
StudyReport measured(double fdr_pct = 20) {
    StudyReport report;
    for (const Structure structure : kStructures) {
        const bool is_muscle = is_paraspinal_muscle(structure);
        const double area_mm2 = is_muscle ? 1000 : 1200;
        report.measurement.structures.push_back({.structure = structure,
                                                 .pixels = 1000,
                                                 .area_mm2 = area_mm2,
                                                 .fat_area_mm2 = area_mm2 * fdr_pct / 100});
    }
    report.fat_threshold = FatThreshold{.value = 500};
    return report;
}

std::optional<Interval> interval(std::string_view name, const StudyReport& report) {
    return repeat_interval(quantity(name), report);
}

TEST(RepeatInterval, IsAroundTheValueByItsDeviation) {
    for (const RepeatedQuantity& row : repeated_quantities()) {
        if (row.name != "csa_cm2" && row.name != "vb_cm2" && row.name != "fdr_pct") {
            continue;
        }
        const double value = *quantity(row.name).value(measured());
        const auto found = interval(row.name, measured());
        ASSERT_TRUE(found) << row.name;
        const double sd = row.within_sd * (row.is_relative ? value : 1);
        EXPECT_NEAR(sd_of(*found), sd, 1e-9) << row.name;
        EXPECT_NEAR((found->low + found->high) / 2, value, 1e-9) << row.name;
        EXPECT_EQ(found->coverage, kMeasurementCoverage);
    }
}

TEST(RepeatInterval, StaysWithinWhatCanBe) {
    EXPECT_EQ(interval("fdr_pct", measured(0))->low, 0);
    EXPECT_EQ(interval("fdr_pct", measured(100))->high, 100);
    EXPECT_GT(interval("csa_cm2", measured())->high, 40);
}

TEST(RepeatInterval, IsUnknownWhereNobodyMeasuredIt) {
    EXPECT_FALSE(interval("asymmetry_pct", measured()));
    StudyReport nothing = measured();
    for (StructureMeasurement& part : nothing.measurement.structures) {
        part = {.structure = part.structure};
    }
    EXPECT_FALSE(interval("csa_cm2", nothing));
    StudyReport drawn = measured();
    drawn.outline_source = "reader";
    EXPECT_FALSE(interval("vb_cm2", drawn));
    StudyReport doubted = measured();
    doubted.flags = {{.flag = Flag::implausible_shape}};
    EXPECT_FALSE(interval("csa_cm2", doubted));
    doubted.flags = {{.flag = Flag::level_not_verified}};
    EXPECT_TRUE(interval("csa_cm2", doubted));
    StudyReport lean_only = measured();
    lean_only.fat_evidence.roi = MuscleRoi::muscle;
    EXPECT_FALSE(interval("csa_cm2", lean_only));
}

TEST(RepeatInterval, OfFatNeedsTheDefaultMethod) {
    StudyReport other = measured();
    other.fat_threshold->method = FatMethod::otsu;
    EXPECT_FALSE(interval("fdr_pct", other));
    EXPECT_TRUE(interval("csa_cm2", other));
    other = measured();
    other.bias_corrected = false;
    EXPECT_FALSE(interval("fdr_pct", other));
    other = measured();
    other.fat_threshold.reset();
    EXPECT_FALSE(interval("fdr_pct", other));
}

}  // namespace
}  // namespace paraspinal
