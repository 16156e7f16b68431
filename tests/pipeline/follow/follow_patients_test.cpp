// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/follow_patients.h"

#include "tests/pipeline/follow/run_of_rows.h"
#include "tests/support/refusal.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <utility>

namespace paraspinal {
namespace {

using testing::Cells;
using testing::examinations_of;
using testing::measured_row;

Cells later(Cells changes = {}) {
    changes.try_emplace("study_uid", "1.2.2");
    changes.try_emplace("study_date", "20260131");
    changes.try_emplace("patient_age_years", "72");
    return measured_row(changes);
}

FollowUp followed(const std::vector<Cells>& rows, const FollowOptions& options = {}) {
    return follow_patients(examinations_of(rows), options);
}

const Change& change_in(const FollowUp& result, std::string_view quantity, std::size_t pair = 0) {
    return *std::ranges::find_if(result.pairs.at(pair).changes, [quantity](const Change& change) {
        return change.quantity->name == quantity;
    });
}

bool has_flag(const FollowUp& result, std::string_view flag) {
    const auto& flags = result.pairs.at(0).flags;
    return std::ranges::find(flags, &pair_flag(flag)) != flags.end();
}

TEST(FollowPatients, ComparesWithTheErrorOfMeasuringAgain) {
    const FollowUp result = followed({measured_row({}), later({{"csa_cm2", "24.000"}})});
    ASSERT_EQ(result.pairs.size(), 1U);
    EXPECT_NEAR(*result.pairs[0].years, 2.0, 0.01);
    const Change& csa = change_in(result, "csa_cm2");
    EXPECT_DOUBLE_EQ(*csa.difference, -7);
    EXPECT_EQ(csa.verdict, Verdict::decrease);
    EXPECT_EQ(csa.source, "repeatability");
    EXPECT_EQ(change_in(result, "vb_cm2").verdict, Verdict::within_error);
    EXPECT_EQ(change_in(result, "psoas_left_csa_cm2").verdict, Verdict::not_measured);
    EXPECT_TRUE(result.pairs[0].flags.empty());
}

TEST(FollowPatients, OrdersByDateAndComparesTheLastWithTheFirst) {
    const FollowUp result = followed(
        {later(),
         measured_row({}),
         measured_row(
             {{"study_uid", "1.2.0"}, {"study_date", "20230131"}, {"patient_age_years", "69"}})});
    ASSERT_EQ(result.pairs.size(), 3U);
    const auto uid = [&](std::size_t place) {
        return result.examinations[place].row.get("study_uid");
    };
    EXPECT_EQ(uid(result.pairs[0].from), "1.2.0");
    EXPECT_EQ(uid(result.pairs[0].to), "1.2.1");
    EXPECT_EQ(uid(result.pairs[1].to), "1.2.2");
    EXPECT_EQ(result.pairs[2].kind, "first_last");
    EXPECT_EQ(uid(result.pairs[2].from), "1.2.0");
    EXPECT_EQ(uid(result.pairs[2].to), "1.2.2");
}

TEST(FollowPatients, WhatAnotherScannerMayHaveDoneIsDoubted) {
    const FollowUp result =
        followed({measured_row({}), later({{"field_strength_t", "3"}, {"csa_cm2", "24.000"}})});
    EXPECT_TRUE(has_flag(result, "field_strength_differs"));
    EXPECT_EQ(change_in(result, "csa_cm2").verdict, Verdict::decrease_if_comparable);
    EXPECT_EQ(change_in(result, "vb_cm2").verdict, Verdict::within_error);
}

TEST(FollowPatients, AnotherFatMethodForbidsFatAlone) {
    const FollowUp result =
        followed({measured_row({}), later({{"fat_method", "otsu"}, {"fdr_pct", "40.00"}})});
    EXPECT_EQ(change_in(result, "fdr_pct").verdict, Verdict::not_comparable);
    EXPECT_EQ(change_in(result, "csa_cm2").verdict, Verdict::within_error);
}

TEST(FollowPatients, AnotherLevelForbidsAll) {
    const FollowUp result = followed({measured_row({}), later({{"level", "L4"}})});
    EXPECT_EQ(change_in(result, "csa_cm2").verdict, Verdict::not_comparable);
}

TEST(FollowPatients, NobodyIsLostAndNobodyIsJoinedWrongly) {
    const auto other = [](const char* patient, const char* uid, Cells changes = {}) {
        changes["patient_id"] = patient;
        changes["study_uid"] = uid;
        return measured_row(changes);
    };
    const FollowUp result = followed({
        measured_row({}),
        later(),
        other("single", "2.1"),
        other("single", "2.2", {{"status", "failed"}, {"reason", "no_axial_t2"}}),
        other("two people", "3.1"),
        other("two people", "3.2", {{"study_date", "20250131"}, {"patient_sex", "M"}}),
        other("too old", "4.1"),
        other("too old", "4.2", {{"study_date", "20260131"}, {"patient_age_years", "60"}}),
        other("mixed", "5.1", {{"qc_flags", "patient_contradiction"}, {"status", "flagged"}}),
        other("mixed", "5.2"),
        other("", "6.1"),
        other("undated", "7.1", {{"study_date", ""}}),
    });
    std::map<std::string, std::string_view> fates;
    for (std::size_t i = 0; i < result.fates.size(); ++i) {
        fates[result.examinations[i].row.get("study_uid")] = fate_name(result.fates[i]);
    }
    const std::map<std::string, std::string_view> expected{{"1.2.1", "compared"},
                                                           {"1.2.2", "compared"},
                                                           {"2.1", "single"},
                                                           {"2.2", "failed"},
                                                           {"3.1", "patients_differ"},
                                                           {"3.2", "patients_differ"},
                                                           {"4.1", "patients_differ"},
                                                           {"4.2", "patients_differ"},
                                                           {"5.1", "patient_contradiction"},
                                                           {"5.2", "single"},
                                                           {"6.1", "no_patient_id"},
                                                           {"7.1", "no_study_date"}};
    EXPECT_EQ(fates, expected);
    EXPECT_EQ(result.pairs.size(), 1U);
}

TEST(FollowPatients, AgesThatPseudonymsHideDoNotPartPatients) {
    const FollowUp result =
        followed({measured_row({{"patient_age_years", "90"}}),
                  later({{"patient_age_years", "90"}, {"study_date", "20290131"}})});
    EXPECT_EQ(result.pairs.size(), 1U);
}

TEST(FollowPatients, NamedPairsAreComparedAlone) {
    const std::vector<Cells> rows{
        measured_row({{"accession_number", "A1"}}),
        later({{"patient_id", "P2"}, {"accession_number", "A2"}}),
        measured_row({{"study_uid", "1.2.3"}, {"status", "failed"}, {"reason", "no_axial_t2"}}),
        measured_row({{"study_uid", "1.2.4"}})};
    const FollowOptions options{
        .pairs =
            std::vector<NamedPair>{{2, "1.2.2", "A1"}, {3, "A1", "1.2.3"}, {4, "A1", "nowhere"}},
        .smallest_changes = {}};
    const FollowUp result = followed(rows, options);
    ASSERT_EQ(result.pairs.size(), 1U);
    EXPECT_TRUE(has_flag(result, "patient_ids_differ"));
    EXPECT_NEAR(*result.pairs[0].years, 2.0, 0.01) << "the earlier comes first";
    EXPECT_EQ(result.notes.size(), 2U);
    EXPECT_EQ(std::ranges::count(result.fates, Fate::not_named), 1);
    EXPECT_EQ(std::ranges::count(result.fates, Fate::failed), 1);
}

TEST(FollowPatients, TheUsersSmallestChangesCountWhereTheyAreGiven) {
    const FollowUp result =
        followed({measured_row({}), later({{"csa_cm2", "30.000"}})},
                 {.pairs = {}, .smallest_changes = read_smallest_changes("csa_cm2=0.5")});
    const Change& csa = change_in(result, "csa_cm2");
    EXPECT_EQ(csa.source, "mdc");
    EXPECT_DOUBLE_EQ(*csa.smallest_real_change, 0.5);
    EXPECT_EQ(csa.verdict, Verdict::decrease);
    EXPECT_EQ(change_in(result, "fdr_pct").source, "repeatability");
    EXPECT_EQ(testing::refusal([] { read_smallest_changes("csa=0.5"); }), ErrorCode::usage);
}

TEST(FollowPatients, OneStudyInTwoRunsCountsOnceUnlessItsNumbersDiffer) {
    const testing::TemporaryFolder folder;
    testing::write_run(folder.path() / "a", {measured_row({})});
    testing::write_run(folder.path() / "b", {measured_row({}), later()});
    testing::write_run(folder.path() / "c", {measured_row({{"csa_cm2", "30.000"}})});
    EXPECT_EQ(read_examinations({folder.path() / "a", folder.path() / "b"}).size(), 2U);
    EXPECT_EQ(testing::refusal([&] {
                  read_examinations({folder.path() / "a", folder.path() / "c"});
              }),
              ErrorCode::duplicate_study);
}

// What the smallest real change promises, through all of the arithmetic: of 1000 pairs without a
// change 5 in 100 are called one, and as many intervals miss a change that there is.
TEST(FollowPatients, CallsNoiseAChangeInOneOfTwentyPairs) {
    const auto csa = std::ranges::find(repeated_quantities(), "csa_cm2", &RepeatedQuantity::name);
    std::mt19937 random(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same on every run.
    std::normal_distribution<double> noise(0, csa->within_sd);
    std::vector<Examination> rows;
    constexpr int kPatients = 1000;
    constexpr double kBefore = 31;
    constexpr double kAfter = 27;
    for (int patient = 0; patient < kPatients; ++patient) {
        const auto add = [&](const std::string& year, double value) {
            Examination& one = rows.emplace_back();
            one.row.set("patient_id", std::to_string(patient));
            one.row.set("csa_cm2", std::to_string(value * (1 + noise(random))));
            one.date = year + "-01-01";
        };
        add("2024", kBefore);
        add("2025", kBefore);
        add("2026", kAfter);
    }
    int called = 0;
    int held = 0;
    for (const ExaminationPair& pair : follow_patients(std::move(rows), {}).pairs) {
        const Change& change = pair.changes.front();
        if (pair.kind == "first_last") {
            continue;
        }
        if (pair.from % 3 == 0) {
            called += change.verdict == Verdict::within_error ? 0 : 1;
        } else {
            held +=
                std::abs(*change.difference - (kAfter - kBefore)) <= *change.smallest_real_change
                    ? 1
                    : 0;
        }
    }
    EXPECT_NEAR(called, 0.05 * kPatients, 25);
    EXPECT_NEAR(held, 0.95 * kPatients, 25);
}

}  // namespace
}  // namespace paraspinal
