// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/compare/agree_tables.h"

#include "core/error.h"
#include "pipeline/compare/agreement_page.h"
#include "pipeline/compare/agreement_report.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

using testing::TemporaryFolder;

class AgreeTables : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path file(const std::string& name,
                                             const std::string& text) const {
        const std::filesystem::path path = folder_.path() / name;
        std::ofstream(path) << text;
        return path;
    }

    TableAgreement agree(const std::string& first,
                         const std::string& second,
                         const JoinOptions& options = {}) {
        return agree_tables({file("first.csv", first), file("second.csv", second)}, options);
    }

    ErrorCode refusal(const std::string& first,
                      const std::string& second,
                      const JoinOptions& options = {}) {
        try {
            static_cast<void>(agree(first, second, options));
        } catch (const Error& error) {
            return error.code();
        }
        return ErrorCode::internal;
    }

  private:
    TemporaryFolder folder_;
};

TEST_F(AgreeTables, JoinsRowsByStudyWhateverTheirOrder) {
    const std::string first = "patient_id,study_uid,csa\na,1,10\na,2,20\na,3,31\na,4,40\n";
    const TableAgreement joined = agree(first, "study_uid,CSA\n4,41\n2,20\n1,9\n3,33\n");
    EXPECT_EQ(joined.key, std::vector<std::string>{"study_uid"});
    EXPECT_EQ(joined.joined, 4);
    ASSERT_EQ(joined.columns.size(), 1U);
    EXPECT_EQ(joined.columns[0].column, "csa");
    EXPECT_EQ(joined.columns[0].first, (std::vector<double>{10, 20, 31, 40}));
    EXPECT_EQ(joined.columns[0].second, (std::vector<double>{9, 20, 33, 41}));
    EXPECT_DOUBLE_EQ(joined.columns[0].agreement.bias.value().value, -0.5);
}

TEST_F(AgreeTables, CountsRowsThatFindNoPartner) {
    const TableAgreement joined = agree("patient_id,csa\na,1\nb,2\nc,3\nd,4\nd,4\n,6\n",
                                        "patient_id,csa\na,1\nb,2\nc,4\ne,9\n");
    EXPECT_EQ(joined.joined, 3);
    EXPECT_EQ(joined.tables[0].rows, 6);
    EXPECT_EQ(joined.tables[0].duplicate, 2);
    EXPECT_EQ(joined.tables[0].without_key, 1);
    EXPECT_EQ(joined.tables[0].unmatched, 0);
    EXPECT_EQ(joined.tables[1].unmatched, 1);
    EXPECT_EQ(joined.tables[1].duplicate, 0);
}

// Shrout and Fleiss 1979, table 2: four judges, six targets; ICC(2,1) 0.29, ICC(3,1) 0.71.
TEST_F(AgreeTables, ComparesMoreThanTwoTogetherAndByPairs) {
    const std::vector<std::vector<int>> ratings{
        {9, 2, 5, 8}, {6, 1, 3, 2}, {8, 4, 6, 8}, {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
    std::vector<std::filesystem::path> files;
    for (std::size_t judge = 0; judge < 4; ++judge) {
        std::string table = "patient_id,score\n";
        for (std::size_t target = 0; target < ratings.size(); ++target) {
            table += "t" + std::to_string(target) + "," + std::to_string(ratings[target][judge]) +
                     ".0\n";
        }
        table += judge == 3 ? "extra,5.5\n" : "";
        files.push_back(file("judge" + std::to_string(judge) + ".csv", table));
    }
    const TableAgreement result = agree_tables(files, {.columns = {"score"}});
    EXPECT_EQ(result.joined, 6);
    EXPECT_EQ(result.tables[3].unmatched, 1);
    ASSERT_EQ(result.together.size(), 1U);
    const IntraclassCorrelation icc = result.together[0].correlation.value();
    EXPECT_NEAR(icc.agreement.value, 0.2897638, 1e-6);
    EXPECT_NEAR(icc.consistency.value, 0.7148407, 1e-6);
    ASSERT_EQ(result.columns.size(), 6U);
    EXPECT_EQ(agreement_name(result.columns[0]), "score, judge0 - judge1");
    EXPECT_EQ(agreement_name(result.columns[5]), "score, judge2 - judge3");
    EXPECT_NEAR(result.columns[0].agreement.bias.value().value, 31.0 / 6, 1e-12);
    EXPECT_THROW(agree_tables({files[0]}, {}), Error);
}

TEST_F(AgreeTables, ComparesClassesByKappa) {
    std::string first = "patient_id,grade,leak,csa\n";
    std::string second = first;
    // Cohen 1968, see kappa_test.cpp.
    const std::vector<std::string> grades{"None", "mild", "severe"};
    const std::vector<std::vector<int>> counts{{88, 10, 2}, {14, 40, 6}, {18, 10, 12}};
    int patient = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 3; ++j) {
            for (int one = 0; one < counts[i][j]; ++one) {
                const std::string id = "p" + std::to_string(++patient) + ",";
                first += id + grades[i] + ",yes," + std::to_string(patient) + ".5\n";
                second += id + (j == 0 ? "none" : grades[j]) + (patient % 2 == 0 ? ",1" : ",0") +
                          "," + std::to_string(patient) + ".0\n";
            }
        }
    }
    JoinOptions options;
    options.reading.types = file("types.csv",
                                 "column,type,classes\ngrade,ordered,none;mild;severe\n"
                                 "leak,yes_no,\ncsa,number,\n");
    const TableAgreement result = agree(first, second, options);
    ASSERT_EQ(result.classes.size(), 2U);
    EXPECT_EQ(result.columns.size(), 1U);
    const ClassAgreement& grade = result.classes[0];
    EXPECT_EQ(grade.classes, (std::vector<std::string>{"none", "mild", "severe"}));
    EXPECT_EQ(grade.subjects, 200);
    EXPECT_EQ(grade.alike, 140);
    EXPECT_NEAR(grade.kappa.value().value, 0.4915254, 1e-6);
    EXPECT_NEAR(grade.linear_kappa.value().value, 0.4736842, 1e-6);
    EXPECT_FALSE(result.classes[1].kappa) << "the first found a leak in everybody";
    EXPECT_FALSE(result.classes[1].linear_kappa) << "yes and no have no order";
    const std::string csv = agreement_csv(result);
    EXPECT_NE(csv.find("\ngrade,200,0,classes,"), std::string::npos) << csv;
    EXPECT_NE(csv.find(",140,0.4915254"), std::string::npos) << csv;
    EXPECT_NE(agreement_text(result).find("0.492 [0.39, 0.59]"), std::string::npos);
    EXPECT_NE(agreement_page(result).find("quadratic"), std::string::npos);
}

TEST_F(AgreeTables, JoinsBySeveralColumns) {
    const std::string table = "study,side,area\n1,left,10\n1,right,11\n2,left,20\n2,right,23\n";
    const TableAgreement joined =
        agree(table, table, {.key = {"study", "SIDE"}, .columns = {}, .pooled = true});
    EXPECT_EQ(joined.joined, 4);
    ASSERT_EQ(joined.columns.size(), 1U);
    EXPECT_EQ(agreement_name(joined.columns[0]), "area, all structures pooled");
}

TEST_F(AgreeTables, StructuresAndSidesAreToldApartAndTheVertebralBodyHasNoSide) {
    const std::string table =
        "study_uid,structure,side,area\n1,psoas,left,10\n1,psoas,right,11\n1,vertebral_body,,15\n"
        "2,psoas,left,20\n2,psoas,right,23\n2,vertebral_body,,17\n,psoas,left,4\n";
    const TableAgreement joined = agree(table, table);
    EXPECT_EQ(joined.joined, 6);
    EXPECT_EQ(joined.tables[0].without_key, 1);
    ASSERT_EQ(joined.columns.size(), 3U);
    EXPECT_EQ(agreement_name(joined.columns[0]), "area, psoas left");
    EXPECT_EQ(agreement_name(joined.columns[2]), "area, vertebral body");
    EXPECT_EQ(joined.columns[2].first, (std::vector<double>{15, 17}));
}

TEST_F(AgreeTables, FailedStudiesAreNotJoined) {
    const std::string table = "study_uid,status,csa\n1,ok,10\n2,failed,12\n3,flagged,14\n4,ok,9\n";
    const TableAgreement joined = agree(table, table);
    EXPECT_EQ(joined.joined, 3);
    EXPECT_EQ(joined.tables[0].failed, 1);
}

TEST_F(AgreeTables, TakesEveryColumnOfNumbersButNames) {
    const std::string table =
        "patient_id,study_date,name,empty,a,b\n1,20250101,x,,1,0.5\n2,20250102,y,,2,\n3,20250103,z,"
        ",4,1\n";
    const TableAgreement joined = agree(table, table);
    ASSERT_EQ(joined.columns.size(), 2U);
    EXPECT_EQ(joined.columns[0].column, "a");
    EXPECT_EQ(joined.columns[1].column, "b");
    EXPECT_TRUE(std::isnan(joined.columns[1].first[1]));
    EXPECT_EQ(joined.columns[1].agreement.missing, 1);
    EXPECT_EQ(joined.columns[1].agreement.reason, "too_few_pairs");
    EXPECT_EQ(agree(table, table, {.key = {}, .columns = {"b"}}).columns.size(), 1U);
}

TEST_F(AgreeTables, ReadsEuropeanSpreadsheets) {
    const TableAgreement joined =
        agree("patient_id;csa\n1;1,5\n2;2,5\n3;4,5\n", "patient_id,csa\n1,1.5\n2,2.5\n3,4.5\n");
    EXPECT_DOUBLE_EQ(joined.columns.at(0).agreement.mean_first, 17.0 / 6);
    EXPECT_EQ(joined.columns.at(0).agreement.bias.value().value, 0);
}

TEST_F(AgreeTables, RefusesWhatCannotBeCompared) {
    const std::string table = "patient_id,csa,note\n1,1,x\n2,2,y\n3,3,z\n";
    EXPECT_EQ(refusal("case,csa\n1,1\n", "case,csa\n1,1\n"), ErrorCode::usage);
    EXPECT_EQ(refusal(table, table, {.key = {"nothing"}, .columns = {}}), ErrorCode::usage);
    EXPECT_EQ(refusal(table, table, {.key = {}, .columns = {"nothing"}}), ErrorCode::usage);
    EXPECT_EQ(refusal(table, table, {.key = {}, .columns = {"note"}}), ErrorCode::usage);
    EXPECT_EQ(refusal(table, "patient_id,csa\n8,1\n"), ErrorCode::invalid_value);
    EXPECT_EQ(refusal(table, "patient_id,other\n1,1\n"), ErrorCode::invalid_value);
    EXPECT_EQ(refusal("", table), ErrorCode::malformed_file);
}

}  // namespace
}  // namespace paraspinal
