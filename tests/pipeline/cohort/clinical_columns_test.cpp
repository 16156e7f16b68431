// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/clinical_columns.h"

#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace paraspinal {
namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Two joined rows say little of a column: of "-" and 12.5 one would make free text, of "n.a." twice
// a class.
TEST(ClinicalColumns, AreTypedOnTheWholeTable) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "cohort.csv";
    const auto clinical = folder.path() / "clinical.csv";
    std::ofstream(file) << "patient_id,csa_cm2\nA,30.50\nB,40.00\nC,35.00\n";
    std::ofstream(clinical) << "patient_id,crp,ward,remark\n"
                               "A,-,north,short\nB,12.5,south,tall\nC,<0.6,n.a.,old\n"
                               "D,3.1,north,new\nE,4,south,blue\nF,5,north,red\nG,6,south,dry\n"
                               "H,7,north,wet\nI,8,south,hot\nJ,9,north,cold\nK,1,south,big\n";
    const ClinicalColumns added = add_clinical_columns(file, clinical, {});
    EXPECT_EQ(content_of(file),
              "patient_id,csa_cm2,crp,ward\nA,30.50,,north\nB,40.00,12.5,south\n"
              "C,35.00,<0.6,\n");
    EXPECT_EQ(added.kinds.at("crp"), ColumnKind::number);
    EXPECT_EQ(added.left_out, (std::vector<std::string>{"remark"}));
    EXPECT_EQ(added.missing_words, (std::vector<std::string>{"crp 1 '-'", "ward 1 'n.a.'"}));
}

TEST(ClinicalColumns, KeepTextAndFindOtherSpellingsWhereAskedTo) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "patients.csv";
    const auto clinical = folder.path() / "clinical.csv";
    std::ofstream(file) << "patient_id,csa_change_cm2\nsample-a,-3.1\n";
    std::ofstream(clinical) << "patient_id,remark,Surname\n0SAMPLE-A,walks again,Doe\n";
    const ClinicalTarget target{.name = "patients.csv", .keeps_text = true, .has_plain_ids = true};
    EXPECT_EQ(add_clinical_columns(file, clinical, {.table = {}, .types = {}}, target).left_out,
              (std::vector<std::string>{"Surname"}));
    EXPECT_EQ(content_of(file), "patient_id,csa_change_cm2,remark\nsample-a,-3.1,walks again\n");
}

TEST(ClinicalColumns, StandBesideTheRowsOfAnExport) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "cohort.csv";
    const auto clinical = folder.path() / "clinical.csv";
    std::ofstream(file) << "patient_id,study_date,csa_cm2\nA,20260105,30.50\nB,20260106,40.00\n"
                           "C,20260107,35.00\n";
    std::ofstream(clinical) << "MRN;Surname;Age;DM\nB;Doe;70,5;yes\nA;Poe;71;no\nZ;Roe;72;no\n";
    const ClinicalColumns added = add_clinical_columns(file, clinical, {});
    EXPECT_EQ(content_of(file),
              "patient_id,study_date,csa_cm2,age_years,diabetes\nA,20260105,30.50,71,no\n"
              "B,20260106,40.00,70.5,yes\nC,20260107,35.00,,\n");
    EXPECT_EQ(added.left_out, (std::vector<std::string>{"Surname"}));
    EXPECT_EQ(added.join.joined, 2U);
    EXPECT_EQ(unmatched_csv({added.join}),
              "table,line,key,reason\nmeasurements,4,C,no_partner\ntable,4,Z,no_partner\n");
}

}  // namespace
}  // namespace paraspinal
