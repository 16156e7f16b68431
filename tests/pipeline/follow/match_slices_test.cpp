// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/match_slices.h"

#include "pipeline/study/repeatability.h"
#include "tests/pipeline/follow/run_of_rows.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

namespace paraspinal {
namespace {

using testing::Cells;
using testing::measured_row;

Cells slice(const char* offset_mm, const char* csa_cm2, const Cells& changes = {}) {
    Cells row{{"patient_id", "P1"},
              {"study_uid", "1.2.2"},
              {"series_uid", "1.2.2.4"},
              {"status", "ok"},
              {"level", "L3"},
              {"sop_instance_uid", ""},
              {"software_version", "1.0.0"},
              {"outline_model", "outline 1"},
              {"level_offset", ""},
              {"slice_offset_mm", offset_mm},
              {"csa_cm2", csa_cm2},
              {"fdr_pct", ""}};
    for (const auto& [column, cell] : changes) {
        row.at(column) = cell;
    }
    return row;
}

// Of one examination at 0.5 mm and one at `offset_mm`, whose slices.csv has `slices`.
MatchedSlices matched(const char* offset_mm, const std::vector<Cells>& slices, Cells changes = {}) {
    changes.insert({{"study_uid", "1.2.2"},
                    {"study_date", "20260131"},
                    {"series_uid", "1.2.2.4"},
                    {"slice_offset_mm", offset_mm}});
    const testing::TemporaryFolder folder;
    testing::write_run(folder.path(), {measured_row({}), measured_row(changes)});
    if (!slices.empty()) {
        testing::write_slices(folder.path(), slices);
    }
    const std::vector<Examination> both = read_examinations({folder.path()});
    return match_slices(both.at(0), both.at(1));
}

std::vector<std::string_view> flags_of(const MatchedSlices& slices) {
    std::vector<std::string_view> names;
    for (const PairFlag* const flag : slices.flags) {
        names.push_back(flag->name);
    }
    return names;
}

TEST(MatchSlices, NearSlicesAreComparedAsMeasured) {
    const MatchedSlices slices =
        matched("3.00", {slice("3.00", "31.000"), slice("-1.50", "29.000")});
    EXPECT_EQ(slices.matching, "as_measured");
    EXPECT_DOUBLE_EQ(*slices.offset_difference_mm, 2.5);
    EXPECT_DOUBLE_EQ(slices.apart_mm, 2.5);
    EXPECT_TRUE(slices.flags.empty());
}

TEST(MatchSlices, FarOnesAreInterpolatedBetweenTheNeighborsOfThePlace) {
    const MatchedSlices slices = matched("4.90",
                                         {slice("9.30", "35.000"),
                                          slice("4.90", "33.000"),
                                          slice("0.60", "99.000", {{"series_uid", "other"}}),
                                          slice("0.50", "99.000", {{"status", "failed"}}),
                                          slice("-1.70", "29.700")});
    EXPECT_EQ(slices.matching, "to_interpolated");
    EXPECT_NEAR(*number_in(slices.to, "csa_cm2"), 29.7 + 3.3 * 2.2 / 6.6, 0.0006);
    EXPECT_EQ(slices.to.get("fdr_pct"), "") << "a neighbor has none";
    EXPECT_EQ(slices.from.get("csa_cm2"), "31.000");
    EXPECT_DOUBLE_EQ(slices.apart_mm, 0);
    EXPECT_EQ(flags_of(slices), std::vector<std::string_view>{"levels_interpolated"});
}

TEST(MatchSlices, WithoutNeighborsTheErrorGrowsWithTheDistance) {
    for (const std::vector<Cells>& none : {std::vector<Cells>{},
                                           {slice("4.90", "33.000")},
                                           {slice("12.00", "33.000"), slice("0.00", "29.000")}}) {
        const MatchedSlices slices = matched("4.90", none);
        EXPECT_EQ(slices.matching, "as_measured");
        EXPECT_NEAR(slices.apart_mm, 4.4, 1e-9);
        EXPECT_EQ(flags_of(slices), std::vector<std::string_view>{"levels_apart"});
    }
    const RepeatedQuantity& csa = repeated_quantities().front();
    EXPECT_GT(smallest_real_change(csa, 31, 4.4), 1.3 * smallest_real_change(csa, 31, 0));
    EXPECT_DOUBLE_EQ(smallest_real_change(csa, 62, 1), 2 * smallest_real_change(csa, 31, 1));
}

TEST(MatchSlices, WhatAReaderDrewIsNeverInterpolated) {
    for (const Cells& drawn : {Cells{{"reading", "corrected"}}, {{"outline_source", "reader"}}}) {
        const MatchedSlices slices =
            matched("4.90", {slice("4.90", "33.000"), slice("-1.70", "29.700")}, drawn);
        EXPECT_EQ(slices.to.get("csa_cm2"), "31.000");
        EXPECT_EQ(flags_of(slices), std::vector<std::string_view>{"levels_apart"});
    }
}

TEST(MatchSlices, SlicesMeasuredInAnotherWayDoNotSpeakForTheExamination) {
    for (const Cells& other : {Cells{{"software_version", "0.9.0"}},
                               {{"outline_model", "outline 0"}},
                               {{"level_offset", "1"}},
                               {{"sop_instance_uid", "1.7"}}}) {
        const MatchedSlices slices =
            matched("4.90",
                    {slice("4.90", "33.000", other), slice("-1.70", "29.700")},
                    {{"sop_instance_uid", "1.7"}});
        EXPECT_EQ(slices.matching, "as_measured") << other.begin()->first;
        EXPECT_EQ(flags_of(slices), std::vector<std::string_view>{"levels_apart"});
    }
}

TEST(MatchSlices, FlaggedNeighborsAreDoubted) {
    const MatchedSlices slices = matched(
        "4.90", {slice("4.90", "31.000"), slice("-1.70", "29.700", {{"status", "flagged"}})});
    EXPECT_EQ(flags_of(slices),
              (std::vector<std::string_view>{"examination_flagged", "levels_interpolated"}));
}

TEST(MatchSlices, AnUnknownPlaceIsDoubted) {
    EXPECT_EQ(flags_of(matched("", {})), std::vector<std::string_view>{"level_not_verified"});
}

}  // namespace
}  // namespace paraspinal
