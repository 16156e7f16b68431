// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/study/series/classify_study.h"

#include "tests/pipeline/study/plain_series.h"

#include <gtest/gtest.h>

#include <vector>

namespace paraspinal {
namespace {

using testing::axial;
using testing::plain_slice;

TEST(ClassifyStudy, NamesEveryStackInTheOrderOfTheSeries) {
    Series discs;  // Two blocks of different tilt.
    for (const double tilt_deg : {0.0, 15.0}) {
        discs.slices.push_back(plain_slice());
        discs.slices.back().plane = axial(tilt_deg);
    }
    Series t1;
    t1.slices = {plain_slice()};
    t1.slices.front().acquisition.echo_time_ms = 12;
    t1.slices.front().acquisition.repetition_time_ms = 500;
    const Study study{.series = {t1, discs}};

    const ClassifiedStudy classified = classify_study(study);
    EXPECT_EQ(classified.study, &study);
    ASSERT_EQ(classified.stacks.size(), 3U);
    EXPECT_EQ(classified.stacks[0].series, &study.series[0]);
    EXPECT_EQ(classified.stacks[0].classification.code, ErrorCode::not_t2_weighted);
    for (const std::size_t block : {1U, 2U}) {
        EXPECT_EQ(classified.stacks[block].series, &study.series[1]);
        EXPECT_EQ(classified.stacks[block].classification.kind, SeriesKind::axial_t2);
        EXPECT_EQ(classified.stacks[block].stack.slices.front(),
                  &study.series[1].slices[block - 1]);
    }
}

TEST(ClassifyStudy, SaysThatTheHeaderRulesWhereTheOperatorCallsT1AnAxialT2) {
    Series t1{.series_uid = "1.2.3"};
    t1.slices = {plain_slice()};
    t1.slices.front().acquisition.echo_time_ms = 12;
    t1.slices.front().acquisition.repetition_time_ms = 500;
    const Study study{.series = {t1}};
    const ClassifiedStudy classified = classify_study(study, {.axial_t2_uid = "1.2.3"});
    EXPECT_EQ(classified.stacks.at(0).classification.code, ErrorCode::not_t2_weighted);
    EXPECT_NE(classified.stacks[0].classification.reason.find("--axial-t2 cannot make it T2"),
              std::string::npos)
        << classified.stacks[0].classification.reason;
}

TEST(ClassifyStudy, HasNothingToSayOfAnEmptyStudy) {
    const Study empty;
    EXPECT_TRUE(classify_study(empty).stacks.empty());
}

}  // namespace
}  // namespace paraspinal
