// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "pipeline/cohort/models/risk_table.h"
#include "pipeline/tables/clinical_table.h"
#include "tests/pipeline/cohort/models/risk_table_fixture.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

TEST_F(RiskTable, JoinsMeasurementsByPatientAndListsWhatDoesNotMatch) {
    const auto clinical = file("c.csv", "patient_id;age_years\nA;70,5\nB;70,5\nC;70,5\nD;70,5\n");
    const auto measured = file("m.csv",
                               "patient_id,csa_cm2,fdr_pct,vb_cm2,csa_low_cm2,csa_high_cm2\n"
                               "A,25,40,15,,\nB,40,20,16,38,42\nC,30,30,15,,\nC,35,25,15,,\n"
                               "E,30,30,15,,\n");
    const auto lines = rows({.clinical = clinical, .measurements = measured});
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_GT(std::stod(cells(lines[0])[2]), std::stod(cells(lines[1])[2]));
    EXPECT_EQ(cells(lines[0])[6].find("csa_cm2"), std::string::npos);
    EXPECT_NE(cells(lines[2])[6].find("csa_cm2"), std::string::npos) << "measured twice: not used";
    EXPECT_EQ(cells(lines[2])[9], "several_examinations");
    EXPECT_EQ(notes_.unmatched_lines, (std::vector<std::size_t>{5}));
    EXPECT_EQ(notes_.ambiguous_lines, (std::vector<std::size_t>{4}));
    EXPECT_EQ(notes_.unmatched_measurements, 3U);
    EXPECT_EQ(notes_.without_column.size(), 12U);
}

TEST_F(RiskTable, UsesNoMeasurementOfAnotherLevel) {
    const auto measured = file("m.csv",
                               "patient_id,patient_age_years,level,level_source,csa_cm2,vb_cm2\n"
                               "A,70,L4,operator,30,15\nB,70,L3,sagittal,30,15\n");
    const auto alone = rows({.measurements = measured});
    ASSERT_EQ(alone.size(), 2U);
    EXPECT_NE(cells(alone[0])[6].find("csa_cm2"), std::string::npos);
    EXPECT_EQ(cells(alone[0])[6].find("age_years"), std::string::npos);
    EXPECT_EQ(cells(alone[1])[6].find("csa_cm2"), std::string::npos);
    EXPECT_EQ(notes_.other_level_lines, std::vector<std::size_t>{2});
    const auto clinical = file("c.csv", "patient_id,level,diabetes\nA,L1,1\nB,L1,1\n");
    const auto joined = rows({.clinical = clinical, .measurements = measured});
    EXPECT_NE(cells(joined[0])[6].find("csa_cm2"), std::string::npos);
    EXPECT_EQ(cells(joined[1])[6].find("csa_cm2"), std::string::npos);
    EXPECT_EQ(notes_.other_level_lines, std::vector<std::size_t>{2});
}

TEST_F(RiskTable, MakesNoRiskOutOfTwoPeople) {
    const auto clinical =
        file("clinical.csv", "patient_id,sex,age_years\na,f,61\nb,f,61\nc,m,61\n");
    const auto measured = file("measured.csv",
                               "patient_id,patient_sex,patient_age_years,csa_cm2\n"
                               "a,F,62,30\nb,F,78,30\nc,F,61,30\n");
    const std::vector<std::string> lines = rows({.clinical = clinical, .measurements = measured});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].find("risk_identity_contradiction"), std::string::npos) << lines[0];
    EXPECT_NE(lines[1].find("failed,risk_identity_contradiction"), std::string::npos) << lines[1];
    EXPECT_NE(lines[1].find("ages more than two years apart"), std::string::npos) << lines[1];
    EXPECT_NE(lines[2].find("different sexes"), std::string::npos) << lines[2];
}

TEST_F(RiskTable, JoinsNothingToAnIdOfSeveralPeople) {
    const auto clinical = file("clinical.csv", "patient_id,diabetes\na,1\nb,1\nc,1\n");
    const auto measured =
        file("measured.csv",
             "patient_id,patient_sex,patient_age_years,study_date,level_source,qc_flags,status,"
             "csa_cm2\n"
             "a,F,62,20250101,sagittal,,ok,30\na,M,62,20250101,sagittal,,failed,\n"
             "b,F,61,20250101,sagittal,patient_id_contradiction,flagged,30\n"
             "c,F,61,20250101,sagittal,,ok,30\nc,F,64,20280101,sagittal,,failed,\n");
    const std::vector<std::string> lines = rows({.clinical = clinical, .measurements = measured});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_NE(lines[0].find("failed,risk_identity_contradiction"), std::string::npos) << lines[0];
    EXPECT_NE(lines[1].find("failed,risk_identity_contradiction"), std::string::npos) << lines[1];
    EXPECT_EQ(lines[2].find("risk_identity_contradiction"), std::string::npos) << lines[2];
}

TEST_F(RiskTable, JoinsNothingToAnAccessionNumberOfSeveralPeople) {
    const auto clinical = file("clinical.csv", "accession_number,diabetes\n1,1\n2,1\n3,1\n");
    const auto measured = file("measured.csv",
                               "patient_id,accession_number,patient_sex,level_source,qc_flags,"
                               "status,csa_cm2\n"
                               "a,1,F,sagittal,,ok,30\nb,1,F,sagittal,,failed,\n"
                               "c,2,F,sagittal,accession_number_contradiction,ok,30\n"
                               "d,3,F,sagittal,patient_id_contradiction,ok,30\n");
    const std::vector<std::string> lines = rows({.clinical = clinical, .measurements = measured});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_NE(lines[0].find("failed,risk_identity_contradiction"), std::string::npos) << lines[0];
    EXPECT_NE(lines[0].find("accession_number"), std::string::npos) << lines[0];
    EXPECT_NE(lines[1].find("failed,risk_identity_contradiction"), std::string::npos) << lines[1];
    EXPECT_EQ(lines[2].find("risk_identity_contradiction"), std::string::npos) << lines[2];
}

TEST_F(RiskTable, JoinsByAccessionNumberWhereTheClinicalTableHasNoPatientId) {
    const auto clinical = file("c.csv", "Accession No,Age\nX1,70\nX2,70\n");
    const auto measured = file("m.csv",
                               "patient_id,accession_number,csa_cm2,fdr_pct,vb_cm2\n"
                               "A,X1,25,40,15\nB,X3,40,20,16\n");
    const auto lines = rows({.clinical = clinical, .measurements = measured});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(cells(lines[0])[0], "X1");
    EXPECT_EQ(cells(lines[0])[8], "ok");
    EXPECT_EQ(cells(lines[1])[9], "no_image_values");
    EXPECT_EQ(notes_.unmatched_lines, (std::vector<std::size_t>{3}));
    EXPECT_EQ(notes_.unmatched_measurements, 1U);
    const auto json = file("c.json", R"([{"accession_number":"X1","age_years":70}])");
    EXPECT_EQ(rows({.clinical = json, .measurements = measured}).at(0), lines[0]);
    EXPECT_THROW(
        rows({.clinical = clinical, .measurements = file("n.csv", "patient_id,csa_cm2\nA,25\n")}),
        Error);
}

// As in cohort, export and measure: the date tells examinations apart, and nothing else does.
TEST_F(RiskTable, JoinsSeveralExaminationsOfAPatientByTheirDate) {
    const auto measured = file("m.csv",
                               "patient_id,study_date,level_source,status,csa_cm2\n"
                               "A,20240105,sagittal,ok,40\nA,20260105,sagittal,ok,25\n"
                               "B,20240105,sagittal,ok,30\nB,20250105,sagittal,failed,\n");
    const auto joined = rows({.clinical = file("c.csv",
                                               "patient_id,MRI date,age_years\nA,2026-01-05,70\n"
                                               "A,2024-01-05,70\nA,2025-01-05,70\nB,,70\n"),
                              .measurements = measured});
    ASSERT_EQ(joined.size(), 4U);
    EXPECT_GT(std::stod(cells(joined[0])[2]), std::stod(cells(joined[1])[2]));
    EXPECT_EQ(cells(joined[2])[8], "flagged");
    EXPECT_EQ(cells(joined[2])[9], "another_date");
    EXPECT_EQ(cells(joined[3])[8], "ok") << "of two rows one failed";
    EXPECT_EQ(notes_.other_date_lines, (std::vector<std::size_t>{4}));
    const auto undated = rows({.clinical = file("d.csv", "patient_id,age_years\nB,70\nB,71\n"),
                               .measurements = measured});
    EXPECT_EQ(cells(undated[0])[9], "several_examinations");
    EXPECT_EQ(cells(undated[1])[9], "several_examinations");
    const auto unreadable =
        rows({.clinical = file("e.csv", "patient_id,study_date,age_years\nB,3/12/2019,70\n"),
              .measurements = measured});
    EXPECT_EQ(cells(unreadable[0])[8], "flagged");
    EXPECT_EQ(cells(unreadable[0])[9], "unreadable_date");
    EXPECT_EQ(notes_.unreadable_date_lines, (std::vector<std::size_t>{2}));
}

}  // namespace
}  // namespace paraspinal
