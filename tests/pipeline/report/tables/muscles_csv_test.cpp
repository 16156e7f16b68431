// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/tables/muscles_csv.h"

#include "tests/pipeline/report/report_phantom.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paraspinal {
namespace {

using testing::phantom_failure;
using testing::phantom_report;

StudyReport known_report() {
    StudyReport report = phantom_report();
    report.study.study_uid = "1.2";
    report.slice_uid = "1.2.3#4";
    report.measurement.structures = {
        {Structure::multifidus_right, 1000, 500, 100},
        {Structure::multifidus_left, 900, 450, 45.3},
        {Structure::erector_spinae_right, 3000, 1500, 300},
        {Structure::erector_spinae_left, 0, 0, 0},
        {Structure::vertebral_body, 2400, 1200, std::nullopt},
        {Structure::psoas_right, 1800, 900, std::nullopt},
        {Structure::psoas_left, 0, 0, std::nullopt},
    };
    report.outlines.confidence.erase(Structure::psoas_right);
    return report;
}

TEST(MusclesCsv, HasOneRowAStructureAndSide) {
    EXPECT_EQ(muscles_csv({known_report()}),
              "study_uid,sop_instance_uid,structure,side,pixels,area_cm2,fat_area_cm2,fdr_pct,"
              "outline_confidence\n"
              "1.2,1.2.3#4,multifidus,right,1000,5.000,1.000,20.00,0.970\n"
              "1.2,1.2.3#4,multifidus,left,900,4.500,0.453,10.07,0.960\n"
              "1.2,1.2.3#4,erector_spinae,right,3000,15.000,3.000,20.00,0.950\n"
              "1.2,1.2.3#4,erector_spinae,left,0,,,,\n"
              "1.2,1.2.3#4,vertebral_body,,2400,12.000,,,0.930\n"
              "1.2,1.2.3#4,psoas,right,1800,9.000,,,\n"
              "1.2,1.2.3#4,psoas,left,0,,,,\n");
}

TEST(MusclesCsv, LeavesFailedStudiesOut) {
    EXPECT_EQ(muscles_csv({phantom_failure(), known_report()}), muscles_csv({known_report()}));
    EXPECT_EQ(std::ranges::count(muscles_csv({phantom_failure()}), '\n'), 1);
}

}  // namespace
}  // namespace paraspinal
