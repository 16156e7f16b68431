// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/follow/follow_patients.h"

#include "pipeline/follow/pair_words.h"
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

TEST(FollowPatients, ABodyThatGrewIsNotTakenForAPatientsChange) {
    const FollowUp result =
        followed({measured_row({}), later({{"csa_cm2", "34.200"}, {"vb_cm2", "14.300"}})});
    EXPECT_TRUE(has_flag(result, "vertebral_body_differs"));
    EXPECT_EQ(change_in(result, "csa_cm2").verdict, Verdict::increase_if_comparable);
}

// Mirrored images, and a muscle that shrank on one side.
TEST(FollowPatients, SidesThatChangedPlacesAreDoubted) {
    const auto sided = [](const char* uid, const char* right, const char* left) {
        Cells row = uid == std::string("1.2.1") ? measured_row({}) : later();
        row["mf_right_fdr_pct"] = right;
        row["mf_left_fdr_pct"] = left;
        row["psoas_right_csa_cm2"] = "6.700";
        row["psoas_left_csa_cm2"] = "6.700";
        return row;
    };
    const FollowUp mirrored = followed({sided("1.2.1", "33", "51"), sided("1.2.2", "50", "34")});
    EXPECT_TRUE(has_flag(mirrored, "sides_exchanged"));
    EXPECT_EQ(change_in(mirrored, "mf_right_fdr_pct").verdict, Verdict::increase_if_comparable);
    EXPECT_EQ(unlisted_changes(mirrored.pairs.at(0)),
              (std::vector<std::string>{"mf_right_fdr_pct", "mf_left_fdr_pct"}));
    EXPECT_FALSE(has_flag(followed({sided("1.2.1", "33", "51"), sided("1.2.2", "50", "51")}),
                          "sides_exchanged"));
}

TEST(FollowPatients, WhoDrewAllHasNoOtherNetwork) {
    const FollowUp result = followed({measured_row({}),
                                      later({{"outline_source", "nifti"},
                                             {"outline_model", ""},
                                             {"reading", "corrected"},
                                             {"csa_cm2", "24.000"}})});
    EXPECT_TRUE(has_flag(result, "outlines_by_hand"));
    EXPECT_EQ(change_in(result, "csa_cm2").verdict, Verdict::decrease_if_comparable);
    EXPECT_TRUE(has_flag(followed({measured_row({}), later({{"outline_model", ""}})}),
                         "outline_model_differs"));
}

TEST(FollowPatients, AnIdOfSeveralPeopleJoinsNothing) {
    const std::vector<Cells> rows{measured_row({}),
                                  later({{"qc_flags", "patient_id_contradiction"}})};
    const FollowUp result = followed(rows);
    EXPECT_TRUE(result.pairs.empty());
    EXPECT_EQ(std::ranges::count(result.fates, Fate::patients_differ), 2);
    EXPECT_TRUE(has_flag(
        followed(rows,
                 {.pairs = std::vector<NamedPair>{{2, "1.2.1", "1.2.2"}}, .smallest_changes = {}}),
        "patient_id_contradiction"));
}

TEST(FollowPatients, AnotherFatMethodForbidsFatAlone) {
    const FollowUp result =
        followed({measured_row({}), later({{"fat_method", "otsu"}, {"fdr_pct", "40.00"}})});
    EXPECT_EQ(change_in(result, "fdr_pct").verdict, Verdict::not_comparable);
    EXPECT_FALSE(change_in(result, "fdr_pct").difference);
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
        other("000", "6.2"),
        other("000", "6.3"),
        other("Anonymous", "6.4"),
        other("Anonymous", "6.5"),
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
                                                           {"6.2", "no_patient_id"},
                                                           {"6.3", "no_patient_id"},
                                                           {"6.4", "no_patient_id"},
                                                           {"6.5", "no_patient_id"},
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

TEST(FollowPatients, AgesOfTwoPeopleAreNotTakenForOne) {
    const auto pairs = [](const char* age, const char* date, const char* later_age) {
        return followed({measured_row({{"patient_age_years", age}, {"study_date", "20200131"}}),
                         later({{"patient_age_years", later_age}, {"study_date", date}})})
            .pairs.size();
    };
    EXPECT_EQ(pairs("95", "20210131", "30"), 0U) << "90 and more means at least 90";
    EXPECT_EQ(pairs("55", "20210131", "90"), 0U);
    EXPECT_EQ(pairs("89", "20210131", "90"), 1U);
    EXPECT_EQ(pairs("55", "20210131", "58"), 0U);
    EXPECT_EQ(pairs("55", "20210131", "57"), 1U) << "whole years";
    EXPECT_EQ(pairs("", "21550131", ""), 0U);
}

TEST(FollowPatients, OneStudyUnderTwoPatientsIsNobodys) {
    const FollowUp result =
        followed({measured_row({}), later(), measured_row({{"patient_id", "P2"}})});
    EXPECT_EQ(result.pairs.size(), 0U);
    EXPECT_EQ(std::ranges::count(result.fates, Fate::patient_contradiction), 2);
    EXPECT_EQ(std::ranges::count(result.fates, Fate::single), 1);
}

TEST(FollowPatients, IdsThatAreWrittenDifferentlyAreOnePatientInDoubt) {
    const FollowUp result =
        followed({measured_row({}), later({{"patient_id", "00p 1"}, {"csa_cm2", "24.000"}})});
    ASSERT_EQ(result.pairs.size(), 1U);
    EXPECT_EQ(change_in(result, "csa_cm2").verdict, Verdict::decrease_if_comparable);
}

TEST(FollowPatients, WithoutAnOrderThereIsNoDirection) {
    const Cells same_day{{"study_date", "20240131"}, {"patient_age_years", "70"}};
    Cells less = same_day;
    less["csa_cm2"] = "24.000";
    const FollowUp result = followed({measured_row({}), later(less)});
    EXPECT_TRUE(has_flag(result, "same_day"));
    EXPECT_EQ(change_in(result, "csa_cm2").verdict, Verdict::beyond_error);
    EXPECT_EQ(change_in(result, "fdr_pct").verdict, Verdict::within_error);

    less.merge(Cells{{"study_uid", "1.2.3"}});
    const FollowUp three =
        followed({measured_row({}), later({{"csa_cm2", "24.000"}}), later(less)});
    ASSERT_EQ(three.pairs.size(), 3U);
    EXPECT_EQ(three.pairs[2].kind, "first_last");
    EXPECT_EQ(std::ranges::count(three.pairs[2].flags, &pair_flag("several_that_day")), 1);
    EXPECT_EQ(std::ranges::count(three.pairs[0].flags, &pair_flag("several_that_day")), 0);

    const FollowUp undated =
        followed({measured_row({{"study_date", ""}}), later({{"csa_cm2", "24.000"}})},
                 {.pairs = std::vector<NamedPair>{{2, "1.2.1", "1.2.2"}}, .smallest_changes = {}});
    EXPECT_TRUE(has_flag(undated, "no_date"));
    EXPECT_EQ(change_in(undated, "csa_cm2").verdict, Verdict::beyond_error);
}

TEST(FollowPatients, NamedPairsAreComparedAlone) {
    const std::vector<Cells> rows{
        measured_row({{"accession_number", "A1"}}),
        later({{"patient_id", "P2"}, {"accession_number", "A2"}}),
        measured_row({{"study_uid", "1.2.3"}, {"status", "failed"}, {"reason", "no_axial_t2"}}),
        measured_row({{"study_uid", "1.2.4"}})};
    const FollowOptions options{.pairs = std::vector<NamedPair>{{2, "1.2.2", "A1"},
                                                                {3, "A1", "1.2.3"},
                                                                {4, "A1", "nowhere"},
                                                                {5, "A1", "A1"},
                                                                {6, "A1", "A2"}},
                                .smallest_changes = {}};
    const FollowUp result = followed(rows, options);
    ASSERT_EQ(result.pairs.size(), 1U);
    EXPECT_TRUE(has_flag(result, "patient_ids_differ"));
    EXPECT_NEAR(*result.pairs[0].years, 2.0, 0.01) << "the earlier comes first";
    EXPECT_EQ(result.notes.size(), 4U);
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
    for (const std::string wrong :
         {"csa=0.5", "csa_cm2=-1", "csa_cm2=1e-9", "csa_cm2=1e300", "csa_cm2=0"}) {
        EXPECT_EQ(testing::refusal([&] { read_smallest_changes(wrong); }), ErrorCode::usage)
            << wrong;
    }
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
            one.row.set("status", "ok");
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
