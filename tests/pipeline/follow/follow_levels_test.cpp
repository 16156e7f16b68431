// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/text.h"
#include "pipeline/follow/follow_patients.h"
#include "pipeline/follow/follow_tables.h"
#include "pipeline/follow/pair_words.h"
#include "pipeline/follow/patients_csv.h"
#include "tests/pipeline/follow/run_of_rows.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace paraspinal {
namespace {

using testing::Cells;
using testing::measured_row;

Cells with(Cells row, const Cells& changes) {
    for (const auto& [column, cell] : changes) {
        row.at(column) = cell;
    }
    return row;
}

Cells before(const Cells& changes = {}) {
    return with(measured_row({}), changes);
}

Cells after(const Cells& changes = {}) {
    return with(
        measured_row(
            {{"study_uid", "1.2.2"}, {"study_date", "20260131"}, {"patient_age_years", "72"}}),
        changes);
}

// What follow says of both rows of measurements.csv and these of levels.csv.
FollowUp followed(const std::vector<Cells>& rows,
                  const std::vector<Cells>& levels,
                  const std::vector<Cells>& slices = {}) {
    const testing::TemporaryFolder folder;
    testing::write_run(folder.path(), rows);
    testing::write_levels(folder.path(), levels);
    if (!slices.empty()) {
        testing::write_slices(folder.path(), slices);
    }
    return follow_patients(read_examinations({folder.path()}), {});
}

const Change& change_in(const ExaminationPair& pair, std::string_view quantity) {
    return *std::ranges::find_if(pair.changes, [quantity](const Change& change) {
        return change.quantity->name == quantity;
    });
}

bool has_flag(const ExaminationPair& pair, std::string_view flag) {
    return std::ranges::find(pair.flags, &pair_flag(flag)) != pair.flags.end();
}

TEST(FollowLevels, EachLevelThatBothHaveIsCompared) {
    const FollowUp result = followed({before(), after()},
                                     {before(),
                                      after(),
                                      before({{"level", "L4"}, {"csa_cm2", "36.000"}}),
                                      after({{"level", "L4"}, {"csa_cm2", "30.000"}}),
                                      before({{"level", "L5"}})});
    ASSERT_EQ(result.pairs.size(), 1U);
    const ExaminationPair& own = result.pairs[0];
    EXPECT_EQ(change_in(own, "csa_cm2").verdict, Verdict::within_error);
    ASSERT_EQ(own.levels.size(), 1U) << "L5 was measured at one of them";
    const Change& csa = change_in(own.levels[0], "csa_cm2");
    EXPECT_DOUBLE_EQ(*csa.difference, -6);
    EXPECT_EQ(csa.verdict, Verdict::decrease) << flag_names(own.levels[0], ",");
    EXPECT_EQ(level_changes(own), std::vector<std::string>{"L4 CSA decrease"});

    const std::string csv = follow_up_csv(result);
    const auto lines = static_cast<std::size_t>(std::ranges::count(csv, '\n'));
    EXPECT_EQ(lines, 1 + 2 * repeated_quantities().size());
    EXPECT_LT(csv.find(",L3,L3,"), csv.find(",L4,L4,")) << "that of measurements.csv first";
    EXPECT_NE(
        follow_up_text(result).find("other levels, beyond measuring error: L4 CSA decrease\n"),
        std::string::npos)
        << follow_up_text(result);
    EXPECT_EQ(std::ranges::count(patients_csv(result), '\n'), 2) << "one row a patient";
}

TEST(FollowLevels, OwnLevelsThatDifferMeetAtOthers) {
    const FollowUp result = followed(
        {before(), after({{"level", "L4"}, {"csa_cm2", "36.000"}})},
        {before({{"level", "L4"}, {"csa_cm2", "36.500"}}), after({{"csa_cm2", "24.000"}})});
    const ExaminationPair& own = result.pairs.at(0);
    EXPECT_TRUE(has_flag(own, "level_differs"));
    EXPECT_EQ(change_in(own, "csa_cm2").verdict, Verdict::not_comparable);
    ASSERT_EQ(own.levels.size(), 2U);
    EXPECT_EQ(change_in(own.levels[0], "csa_cm2").verdict, Verdict::decrease) << "L3";
    EXPECT_EQ(change_in(own.levels[1], "csa_cm2").verdict, Verdict::within_error) << "L4";
    EXPECT_FALSE(has_flag(own.levels[0], "level_differs"));
}

TEST(FollowLevels, EachHasItsOwnDoubts) {
    const FollowUp result =
        followed({before(), after()},
                 {before({{"level", "L1"}}),
                  after({{"level", "L1"}, {"status", "failed"}, {"csa_cm2", ""}}),
                  before({{"level", "L4"}}),
                  after({{"level", "L4"}, {"fat_share_pct", "35.0"}, {"fdr_pct", "40.00"}}),
                  before({{"level", "L5"}}),
                  after({{"level", "L5"}, {"status", "flagged"}, {"fdr_pct", "40.00"}})});
    const ExaminationPair& own = result.pairs.at(0);
    EXPECT_TRUE(own.flags.empty());
    ASSERT_EQ(own.levels.size(), 2U) << "L1 was not measured";
    EXPECT_EQ(change_in(own.levels[0], "fdr_pct").verdict, Verdict::not_comparable)
        << "its own measurement.json says how fat was told";
    EXPECT_EQ(change_in(own.levels[1], "fdr_pct").verdict, Verdict::increase_if_comparable);
    EXPECT_TRUE(has_flag(own.levels[1], "examination_flagged"));
}

TEST(FollowLevels, SlicesAreMatchedByTheirOwnEndplate) {
    const auto slice = [](const char* offset_mm, const char* csa_cm2) {
        return after({{"level", "L4"}, {"slice_offset_mm", offset_mm}, {"csa_cm2", csa_cm2}});
    };
    const FollowUp result = followed({before(), after()},
                                     {before({{"level", "L4"}}), slice("6.50", "37.000")},
                                     {slice("6.50", "37.000"), slice("-1.50", "29.000")});
    const ExaminationPair& other = result.pairs.at(0).levels.at(0);
    EXPECT_EQ(other.slices.matching, "to_interpolated");
    EXPECT_NEAR(*change_in(other, "csa_cm2").difference, 0, 0.01);
    EXPECT_TRUE(has_flag(other, "levels_interpolated"));
    EXPECT_EQ(result.pairs[0].slices.matching, "as_measured");
}

TEST(FollowLevels, NoNameOfALevelLeadsElsewhere) {
    const testing::TemporaryFolder folder;
    testing::write_run(folder.path(), {before(), after()});
    testing::write_levels(folder.path(),
                          {before({{"level", "../../x"}}), after({{"level", "../../x"}})});
    const FollowUp result = follow_patients(read_examinations({folder.path()}), {});
    EXPECT_TRUE(result.pairs.at(0).levels.empty());
}

}  // namespace
}  // namespace paraspinal
