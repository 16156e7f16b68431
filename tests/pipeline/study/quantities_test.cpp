// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/quantities.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace paraspinal {
namespace {

StudyReport nothing_outlined() {
    StudyReport report;
    for (const Structure structure : kStructures) {
        report.measurement.structures.push_back({.structure = structure});
    }
    return report;
}

TEST(Quantities, AreUnknownWithoutOutlines) {
    const StudyReport report = nothing_outlined();
    for (const Quantity& row : quantities()) {
        EXPECT_EQ(row.value(report), std::nullopt) << row.name;
        EXPECT_FALSE(interval_of(row, report)) << row.name;
    }
    for (const StructureQuantity& row : structure_quantities()) {
        for (const StructureMeasurement& part : report.measurement.structures) {
            EXPECT_EQ(row.value(report, part), std::nullopt) << row.name;
        }
    }
    EXPECT_EQ(quantity("risk_pct").value(report), std::nullopt);
}

TEST(Quantities, RefusesANameThatNoneHas) {
    EXPECT_EQ(quantity("fdr_pct").symbol, "FDR");
    EXPECT_THROW(quantity("fdr_percent"), Error);
    EXPECT_EQ(structure_quantity("fa_cm2").name, "fat_area_cm2");
    EXPECT_THROW(structure_quantity("fat_area_cm2"), Error);
}

TEST(Quantities, NameTheEndsOfTheirIntervals) {
    EXPECT_EQ(low_name(quantity("csa_cm2")), "csa_low_cm2");
    EXPECT_EQ(high_name(quantity("risk_pct")), "risk_high_pct");
    EXPECT_EQ(column_name(structure_quantity("fdr_pct"), Structure::erector_spinae_left),
              "es_left_fdr_pct");
}

TEST(Quantities, SayTheirUnitLast) {
    for (const Quantity& row : quantities()) {
        const std::string_view unit = row.name.substr(row.name.rfind('_') + 1);
        const std::string_view expected = unit == "pct" ? "%" : unit == "ratio" ? "" : unit;
        EXPECT_EQ(row.unit.ascii, expected) << row.name;
    }
}

// DICOM PS3.5: a code value (SH) has at most 16 characters. Sums are told apart by theirs.
TEST(Quantities, HaveCodesThatDicomTakes) {
    std::set<std::string_view> codes{quantity("risk_pct").code.value};
    for (const Quantity& row : quantities()) {
        EXPECT_LE(row.code.value.size(), 16U) << row.name;
        EXPECT_TRUE(row.code.value.empty() || codes.insert(row.code.value).second) << row.name;
    }
}

TEST(Quantities, RiskIsInPercent) {
    StudyReport report = nothing_outlined();
    report.risk = RiskEstimate{.model = "m", .probability = 0.25, .low = 0.125, .high = 0.5};
    const Quantity& risk = quantity("risk_pct");
    EXPECT_DOUBLE_EQ(risk.value(report).value(), 25);
    EXPECT_DOUBLE_EQ(interval_of(risk, report).value().low, 12.5);
    EXPECT_DOUBLE_EQ(interval_of(risk, report).value().high, 50);
    report.risk->low.reset();
    EXPECT_FALSE(interval_of(risk, report));
}

}  // namespace
}  // namespace paraspinal
