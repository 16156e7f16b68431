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

TEST(ClinicalColumns, StandBesideTheRowsOfAnExport) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "cohort.csv";
    const auto clinical = folder.path() / "clinical.csv";
    std::ofstream(file) << "patient_id,study_date,csa_cm2\nA,20260105,30.50\nB,20260106,40.00\n"
                           "C,20260107,35.00\n";
    std::ofstream(clinical) << "MRN;Surname;Age;DM\nB;Doe;70,5;yes\nA;Poe;71;no\nZ;Roe;72;no\n";
    const ClinicalColumns added = add_clinical_columns(file, clinical, {}, "");
    std::ifstream stream(file);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(stream), {}),
              "patient_id,study_date,csa_cm2,age_years,diabetes\nA,20260105,30.50,71,no\n"
              "B,20260106,40.00,70.5,yes\nC,20260107,35.00,,\n");
    EXPECT_EQ(added.left_out, (std::vector<std::string>{"Surname"}));
    EXPECT_EQ(added.join.joined, 2U);
    EXPECT_EQ(unmatched_csv(added.join),
              "table,line,key,reason\nmeasurements,4,C,no_partner\ntable,4,Z,no_partner\n");
}

}  // namespace
}  // namespace paraspinal
