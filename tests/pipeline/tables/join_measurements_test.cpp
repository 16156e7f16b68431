// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/tables/join_measurements.h"

#include "core/error.h"
#include "pipeline/tables/cohort_table.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using Texts = std::vector<std::string>;

class Join : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name, const std::string& content) {
        const auto path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    CohortTable joined(const std::string& table,
                       const std::string& measured,
                       const std::string& key = {}) {
        return read_cohort(file("table.csv", table),
                           {.measurements = file("measurements.csv", measured), .key = key});
    }
    std::string complaint(const std::string& table,
                          const std::string& measured,
                          const std::string& key = {}) {
        try {
            joined(table, measured, key);
        } catch (const Error& error) {
            return error.what();
        }
        return "accepted";
    }
    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

  private:
    testing::TemporaryFolder folder_;
};

TEST_F(Join, PutsMeasurementsBesideTheirPatients) {
    const CohortTable cohort =
        joined("Patient ID,Age\nB,70\nA,71\nC,72\n,73\n",
               "patient_id,status,csa_cm2\nA,ok,30.5\nB,flagged,40\nD,ok,35\nC,failed,\n");
    EXPECT_EQ(cohort_column(cohort, "csa_cm2").texts, (Texts{"40", "30.5", "", ""}));
    EXPECT_EQ(cohort_column(cohort, "age_years").texts, (Texts{"70", "71", "72", "73"}));
    ASSERT_EQ(cohort.joins.size(), 1U);
    EXPECT_EQ(cohort.joins[0].joined, 2U);
    EXPECT_EQ(cohort.joins[0].failed, 1U);
    EXPECT_EQ(unmatched_csv(cohort.joins),
              "table,line,key,reason\ntable,4,C,no_partner\ntable,5,,no_key\n"
              "measurements,4,D,no_partner\n");
    EXPECT_EQ(cohort.notes,
              (Texts{"2 rows joined by patient_id",
                     "1 rows of the table without patient_id: line 5",
                     "1 rows of the table without a measurement: line 4",
                     "1 measurements that the table does not have: line 4",
                     "1 measurements failed and are passed over"}));
}

TEST_F(Join, AFurtherTableIsAsClinicalAsTheFirst) {
    const auto labs = file("labs.csv", "MRN;Contact;crp\nB;Smith;2,5\nA;Jones;0,6\nE;X;1\n");
    const CohortTable cohort = read_cohort(
        file("table.csv", "Patient ID,Age\nA,71\nB,70\nC,72\n"),
        {.further = {labs},
         .measurements = file("measurements.csv", "patient_id,csa_cm2\nA,30.5\nC,31\n")});
    const CohortColumn& crp = cohort_column(cohort, "crp");
    EXPECT_EQ(crp.numbers[0], 0.6);
    EXPECT_EQ(crp.numbers[1], 2.5);
    EXPECT_FALSE(crp.numbers[2].has_value());
    EXPECT_FALSE(crp.is_measured);
    EXPECT_TRUE(cohort_column(cohort, "csa_cm2").is_measured);
    EXPECT_EQ(cohort_column(cohort, "Contact").kind, ColumnKind::identifier);
    EXPECT_EQ(unmatched_csv(cohort.joins),
              "table,line,key,reason\ntable,4,C,no_partner\nlabs.csv,4,E,no_partner\n"
              "table,3,B,no_partner\n");
    EXPECT_EQ(cohort.notes[0], "2 rows joined with labs.csv by patient_id");
    EXPECT_EQ(cohort.notes[1], "1 rows of the table without a row of labs.csv: line 4");
    EXPECT_EQ(cohort.notes[2], "1 rows of labs.csv that the table does not have: line 4");
}

TEST_F(Join, ThePreciserKeyGoesFirstUnlessAnotherIsNamed) {
    const std::string table = "patient_id,Accession No,group\nA,X1,1\nB,X2,0\n";
    const std::string measured = "patient_id,accession_number,csa_cm2\nA,X2,20\nB,X1,10\n";
    EXPECT_NE(complaint(table, measured).find("both tables have a column patient_id"),
              std::string::npos)
        << "one accession number, two people";
    EXPECT_EQ(cohort_column(joined("Accession No,group\nX1,1\nX2,0\n", measured), "csa_cm2").texts,
              (Texts{"10", "20"}));
    EXPECT_EQ(
        cohort_column(joined("patient_id,group\nA,1\nB,0\n", measured, "patient_id"), "csa_cm2")
            .texts,
        (Texts{"20", "10"}));
}

TEST_F(Join, TwoExaminationsAreToldApartByDateOrNamed) {
    const std::string measured =
        "patient_id,study_date,csa_cm2\nA,20260105,30\nA,20260301,25\nB,20260105,40\n"
        "C,20260101,20\nC,20260101,21\n";
    const CohortTable cohort = joined(
        "patient_id,MRI date,group\nA,01.03.2026,1\nB,2026-02-02,0\nC,2026-01-01,1\n", measured);
    EXPECT_EQ(cohort_column(cohort, "csa_cm2").texts, (Texts{"25", "", ""}));
    EXPECT_EQ(unmatched_csv(cohort.joins),
              "table,line,key,reason\ntable,3,B,another_date\ntable,4,C,several_examinations\n"
              "measurements,2,A,another_date\nmeasurements,4,B,another_date\n"
              "measurements,5,C,several_examinations\nmeasurements,6,C,several_examinations\n");
    EXPECT_EQ(
        complaint("patient_id,group\nA,1\n", "patient_id,csa_cm2\nA,30\nA,25\n"),
        "no row of the table finds one of the measurements' table by patient_id: several rows "
        "have one patient_id, and no date of the examination (study_date) tells them apart");
}

TEST_F(Join, AnIdOfSeveralPeopleJoinsNothing) {
    const std::string measured =
        "patient_id,study_uid,status,csa_cm2,qc_flags\n"
        "A,1,flagged,30.5,fat_uncertain;patient_id_contradiction\nB,2,ok,40,\n";
    const CohortTable cohort = joined("patient_id,age\nA,70\nB,71\n", measured);
    EXPECT_EQ(cohort_column(cohort, "csa_cm2").texts, (Texts{"", "40"}));
    EXPECT_EQ(unmatched_csv(cohort.joins),
              "table,line,key,reason\ntable,2,A,several_people\nmeasurements,2,A,several_people\n");
    EXPECT_EQ(joined("study_uid,age\n1,70\n", measured).joins[0].joined, 1U);
}

TEST_F(Join, AnAccessionNumberOfSeveralPeopleJoinsNothing) {
    const std::string measured =
        "patient_id,accession_number,level_source,status,csa_cm2,qc_flags\n"
        "A,1,sagittal,ok,30.5,\nB,1,sagittal,failed,,\n"
        "C,2,sagittal,ok,31,accession_number_contradiction\nD,3,sagittal,ok,32,\n";
    const CohortTable cohort = joined("accession_number,age\n1,70\n2,71\n3,72\n", measured);
    EXPECT_EQ(cohort_column(cohort, "csa_cm2").texts, (Texts{"", "", "32"}));
    EXPECT_EQ(unmatched_csv(cohort.joins),
              "table,line,key,reason\ntable,2,1,several_people\ntable,3,2,several_people\n"
              "measurements,2,1,several_people\nmeasurements,4,2,several_people\n");
}

TEST_F(Join, ADateThatNobodyCanReadJoinsNothing) {
    const std::string measured =
        "patient_id,study_date,csa_cm2\nA,20250303,30\nB,20250303,40\nC,20250303,20\n"
        "C,20250404,21\nD,20250303,22\n";
    const CohortTable cohort = joined(
        "patient_id,study_date,group\nA,3/3/2025,1\nB,45719,0\nC,31.02.2025,1\nC,2025-04-04,0\n"
        "D,,1\n",
        measured);
    EXPECT_EQ(cohort_column(cohort, "csa_cm2").texts, (Texts{"", "", "", "21", "22"}));
    EXPECT_EQ(unmatched_csv(cohort.joins),
              "table,line,key,reason\ntable,2,A,unreadable_date\ntable,3,B,unreadable_date\n"
              "table,4,C,unreadable_date\nmeasurements,2,A,unreadable_date\n"
              "measurements,3,B,unreadable_date\nmeasurements,4,C,unreadable_date\n");
    EXPECT_EQ(complaint("patient_id,study_date,group\nA,x,1\n", "patient_id,study_date\nA,x\n"),
              "no row of the table finds one of the measurements' table by patient_id: a date of "
              "the examination (study_date) here or in the measurements' table cannot be read; "
              "write it as 2026-01-31")
        << "the same words are no date either";
}

TEST_F(Join, AColumnOfBothMustAgree) {
    EXPECT_EQ(complaint("patient_id,csa_cm2\nA,30\nB,31\n", "patient_id,csa_cm2\nA,30.0\nB,32\n"),
              "both tables have a column csa_cm2 and do not agree: line 3, "
              "column csa_cm2: '31' differs from that of the measurements' table. Rename or remove "
              "one of the two");
    const CohortTable cohort =
        joined("patient_id,csa_cm2\nA,30\nB,\n", "patient_id,csa_cm2\nA,30.0\nB,32\n");
    EXPECT_EQ(cohort_column(cohort, "csa_cm2").numbers,
              (std::vector<std::optional<double>>{30, 32}));
}

TEST_F(Join, WithoutASharedKeyItSaysSo) {
    EXPECT_NE(
        complaint("patient_id,group\n007,1\n", "patient_id,csa_cm2\n7,30\n").find("leading zeros"),
        std::string::npos);
    EXPECT_EQ(complaint("patient_id,group\nA,1\n", "patient_id,csa_cm2\nA,30\n", "case"),
              "the table has no column case. It has: patient_id, group");
}

TEST_F(Join, TakesTheFolderOfARun) {
    file("measurements.csv", "patient_id,csa_cm2\nA,30\n");
    const CohortTable cohort =
        read_cohort(file("t.csv", "patient_id,group\nA,1\n"), {.measurements = folder()});
    EXPECT_EQ(cohort_column(cohort, "csa_cm2").texts, (Texts{"30"}));
}

}  // namespace
}  // namespace paraspinal
