// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/examination.h"

#include "pipeline/follow/follow_patients.h"
#include "tests/pipeline/follow/run_of_rows.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

namespace paraspinal {
namespace {

using testing::Cells;
using testing::examinations_of;
using testing::measured_row;

Cells later(Cells changes = {}) {
    changes.insert(
        {{"study_uid", "1.2.2"}, {"study_date", "20260131"}, {"patient_age_years", "72"}});
    return measured_row(changes);
}

// How many are compared, by what is wrong with one study in two runs.
TEST(Examinations, OneStudyInTwoRunsCountsOnceUnlessItsNumbersDiffer) {
    const testing::TemporaryFolder folder;
    const auto a = folder.path() / "a";
    testing::write_run(a, {measured_row({}), later(), later({{"study_uid", "1.2.3"}})});
    testing::write_run(folder.path() / "same", {measured_row({{"study_date", "2024-01-31"}})});
    testing::write_run(folder.path() / "other", {measured_row({{"csa_cm2", "30.000"}})});
    testing::write_run(folder.path() / "date", {measured_row({{"study_date", "20240301"}})});
    EXPECT_EQ(read_examinations({a, folder.path() / "same"}).size(), 3U);
    const auto followed = [&](const char* run) {
        return follow_patients(read_examinations({a, folder.path() / run}), {});
    };
    const FollowUp other = followed("other");
    EXPECT_EQ(std::ranges::count(other.fates, Fate::measured_differently), 2);
    EXPECT_EQ(other.pairs.size(), 1U) << "it costs only itself";
    EXPECT_EQ(other.notes.size(), 1U);
    const FollowUp date = followed("date");
    EXPECT_EQ(std::ranges::count(date.fates, Fate::patient_contradiction), 2);
    EXPECT_EQ(date.examinations.front().row.get("reason"),
              "its study UID stands under several dates");
}

TEST(Examinations, ADateThatIsCutOffHasNoPlaceInTheOrder) {
    const FollowUp result = follow_patients(
        examinations_of({measured_row({}), later({{"study_date", "2026-01-1"}})}), {});
    EXPECT_EQ(std::ranges::count(result.fates, Fate::no_study_date), 1);
}

TEST(Examinations, ARejectionIsNotUndoneByAnotherCopy) {
    const testing::TemporaryFolder folder;
    testing::write_run(folder.path() / "a", {measured_row({})});
    testing::write_run(folder.path() / "b",
                       {measured_row({{"status", "failed"}, {"reason", "rejected_by_reader"}})});
    testing::write_run(folder.path() / "c",
                       {measured_row({{"status", "failed"}, {"reason", "no_axial_t2"}})});
    const auto reason = [&](const char* first, const char* second) {
        return read_examinations({folder.path() / first, folder.path() / second})
            .at(0)
            .row.get("reason");
    };
    EXPECT_EQ(reason("a", "b"), "rejected_by_reader");
    EXPECT_EQ(reason("b", "a"), "rejected_by_reader");
    EXPECT_EQ(reason("c", "b"), "rejected_by_reader");
    EXPECT_EQ(reason("c", "a"), "");
}

TEST(Examinations, SlicesCountWhicheverRunHasThem) {
    const testing::TemporaryFolder folder;
    const auto a = folder.path() / "a";
    const auto b = folder.path() / "b";
    testing::write_run(a, {measured_row({})});
    testing::write_run(b, {measured_row({})});
    testing::write_slices(
        b, {{{"patient_id", "P1"}, {"study_uid", "1.2.1"}, {"status", "ok"}, {"csa_cm2", "30"}}});
    EXPECT_EQ(read_examinations({a, b}).at(0).slices.size(), 1U);
    EXPECT_EQ(read_examinations({b, a}).at(0).slices.size(), 1U);
}

TEST(Examinations, TwoPeopleUnderOneUidAreBothListed) {
    const Cells one{{"study_folder", "aa"}, {"qc_flags", "patient_contradiction"}};
    Cells other = one;
    other["study_folder"] = "bb";
    EXPECT_EQ(examinations_of({measured_row(one), measured_row(other)}).size(), 2U);
    const Cells failed = measured_row({{"status", "failed"}, {"csa_cm2", ""}});
    EXPECT_EQ(examinations_of({failed, failed}).size(), 2U) << "neither has a folder";
}

TEST(Examinations, AnIdHasNoApostropheOfSpreadsheets) {
    EXPECT_EQ(examinations_of({measured_row({{"patient_id", "-X7"}})}).at(0).row.get("patient_id"),
              "-X7");
}

TEST(Examinations, CellsThatNobodyMeasuredAreRefused) {
    for (const Cells& wrong : {Cells{{"csa_cm2", "37,495"}},
                               {{"csa_cm2", "-5"}},
                               {{"vb_cm2", "0"}},
                               {{"fdr_pct", "250"}},
                               {{"slice_offset_mm", "near"}}}) {
        EXPECT_EQ(testing::refusal([&] { examinations_of({measured_row(wrong)}); }),
                  ErrorCode::malformed_file)
            << wrong.begin()->second;
    }
    EXPECT_EQ(examinations_of({measured_row({{"csa_cm2", "NA"}, {"fdr_pct", "nan"}})}).size(), 1U);
}

TEST(Examinations, DecimalCommasAreReadWhereTheTableHasThem) {
    const testing::TemporaryFolder folder;
    std::ofstream(folder.path() / "measurements.csv")
        << "patient_id;study_uid;status;csa_cm2\nP1;1.2.1;ok;37,495\n";
    EXPECT_EQ(number_in(read_examinations({folder.path()}).at(0).row, "csa_cm2"), 37.495);
}

// One run each with another setting of how fat is told, or where that is not known.
TEST(Examinations, AnotherFatSettingForbidsFat) {
    const auto verdicts = [](const Cells& first, const Cells& second) {
        const FollowUp result =
            follow_patients(examinations_of({measured_row(first), later(second)}), {});
        std::vector<Verdict> found;
        for (const Change& change : result.pairs.at(0).changes) {
            if (change.quantity->name == "csa_cm2" || change.quantity->name == "fdr_pct") {
                found.push_back(change.verdict);
            }
        }
        return found;
    };
    const std::vector<Verdict> forbidden{Verdict::within_error, Verdict::not_comparable};
    EXPECT_EQ(verdicts({}, {{"fat_share_pct", "30.0"}, {"fdr_pct", "30.00"}}), forbidden);
    EXPECT_EQ(verdicts({}, {{"bias_corrected", "false"}, {"fdr_pct", "30.00"}}), forbidden);
    EXPECT_EQ(verdicts({{"fat_method", "fixed"}, {"fat_threshold", "200"}},
                       {{"fat_method", "fixed"}, {"fat_threshold", "500"}}),
              forbidden);
    EXPECT_EQ(verdicts({{"fat_method", "fixed"}, {"fat_threshold", "200"}},
                       {{"fat_method", "fixed"}, {"fat_threshold", "200.0"}}),
              (std::vector{Verdict::within_error, Verdict::within_error}));
    EXPECT_EQ(verdicts({}, {{"fat_threshold", "300.5"}}),
              (std::vector{Verdict::within_error, Verdict::within_error}))
        << "found in the image";
    EXPECT_EQ(verdicts({}, {{"bias_corrected", "null"}, {"fdr_pct", "30.00"}}),
              (std::vector{Verdict::within_error, Verdict::increase_if_comparable}));
}

TEST(Examinations, NamesOfVertebraeThatWereMovedAreDoubted) {
    const FollowUp result =
        follow_patients(examinations_of({measured_row({}), later({{"level_offset", "-1"}})}), {});
    EXPECT_EQ(std::ranges::count(result.pairs.at(0).flags, &pair_flag("level_in_doubt")), 1);
}

}  // namespace
}  // namespace paraspinal
