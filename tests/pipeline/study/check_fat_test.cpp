// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/check_fat.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

MethodFat method(FatMethod name, double fdr) {
    SliceMeasurement measured;
    for (const Structure structure : kStructures) {
        measured.structures.push_back({.structure = structure, .fat_area_mm2 = 0});
    }
    measured.structures.front() = {.structure = Structure::multifidus_right,
                                   .pixels = 100,
                                   .area_mm2 = 100,
                                   .fat_area_mm2 = fdr};
    return {.threshold = {.method = name}, .measurement = measured};
}

TEST(CheckFat, FlagsMethodsThatDifferFarAndNamesThem) {
    FatEvidence evidence{.by_method = {method(FatMethod::otsu, 30),
                                       method(FatMethod::triangle, 81.5),
                                       method(FatMethod::gmm3, 4)},
                         .disagreement_pct = 77.5};
    const auto flags = check_fat(evidence);
    ASSERT_EQ(flags.size(), 1U);
    EXPECT_EQ(flags.front().name(), "fat_method_disagreement");
    EXPECT_NE(flags.front().detail.find("gmm3 4.0 to triangle 81.5"), std::string::npos)
        << flags.front().detail;
    evidence.disagreement_pct = 10;
    EXPECT_TRUE(check_fat(evidence).empty());
    EXPECT_TRUE(check_fat({}).empty());
}

}  // namespace
}  // namespace paraspinal
