// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/report/describe.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

StudyReport found_on_the_sagittal_series() {
    StudyReport report;
    report.level.source = LevelSource::sagittal;
    return report;
}

TEST(LevelTitle, NamesTheLevelWhereItWasFound) {
    EXPECT_EQ(level_title(found_on_the_sagittal_series()), "L3");
}

TEST(LevelTitle, SaysThatTheCountIsInDoubt) {
    StudyReport report = found_on_the_sagittal_series();
    report.level.alternatives = {{.vertebra = "L2", .slice_uid = "1.2", .position = {}}};
    EXPECT_EQ(level_title(report), "L3, level in doubt");
}

TEST(LevelTitle, NamesNoLevelThatTheSliceDoesNotPass) {
    StudyReport report = found_on_the_sagittal_series();
    report.flags = {{.flag = Flag::slice_far_from_level, .detail = ""}};
    EXPECT_EQ(level_title(report), "nearest slice to L3");
}

TEST(LevelTitle, SaysWhoChoseTheSlice) {
    StudyReport report;
    report.level.source = LevelSource::operator_choice;
    EXPECT_EQ(level_title(report), "slice chosen by the operator");
    report.level.source = LevelSource::single_slice;
    EXPECT_EQ(level_title(report), "single slice, level not checked");
}

}  // namespace
}  // namespace paraspinal
