// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/risk_table.h"

#include "core/error.h"
#include "pipeline/tables/clinical_table.h"
#include "risk/model/load_risk_model.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace paraspinal {
namespace {

class RiskTable : public ::testing::Test {
  protected:
    std::filesystem::path file(const std::string& name, const std::string& content) {
        const auto path = folder_.path() / name;
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }

    // Lines of the table without the header.
    std::vector<std::string> rows(const RiskTableInput& input) {
        RiskEstimator estimator(load_risk_model("yang2025"));
        std::string text;
        notes_ =
            write_risk_table(input, estimator, [&](std::string_view piece) { text.append(piece); });
        std::istringstream stream(text);
        std::vector<std::string> lines;
        for (std::string line; std::getline(stream, line);) {
            lines.push_back(line);
        }
        lines.erase(lines.begin());
        return lines;
    }

    RiskTableNotes notes_;  // NOLINT(*-non-private-member-variables-in-classes)

  private:
    testing::TemporaryFolder folder_;
};

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> all;
    std::istringstream stream(line + ",");
    for (std::string cell; std::getline(stream, cell, ',');) {
        all.push_back(cell);
    }
    return all;
}

TEST_F(RiskTable, GivesEveryPatientARowInTheOrderOfTheFile) {
    const auto lines = rows({.clinical = file("c.csv",
                                              "patient_id,age_years,diabetes,csa_cm2\n"
                                              "B,70,no,33\nA,72,yes,28\n")});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(cells(lines[0])[0], "B");
    EXPECT_EQ(cells(lines[1])[0], "A");
    EXPECT_LT(std::stod(cells(lines[0])[2]), std::stod(cells(lines[1])[2]));
    EXPECT_EQ(cells(lines[0])[8], "ok");
    EXPECT_EQ(notes_.rows, 2U);
    EXPECT_EQ(notes_.without_column.size(), 13U);
}

TEST_F(RiskTable, AnImpossibleValueFailsItsRowAndNoOther) {
    const auto lines = rows(
        {.clinical = file("c.csv", "patient_id,age_years,csa_cm2\nA,250,30\nB,70,30\nC,95,30\n")});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0],
              "A,yang2025,,,,,,,failed,invalid_value,"
              "\"age_years is 250, possible are 0 to 120 year\",,,,");
    EXPECT_EQ(cells(lines[1])[8], "ok");
    EXPECT_EQ(cells(lines[2])[7], "age_years");
    EXPECT_EQ(cells(lines[2])[8], "flagged");
    EXPECT_EQ(notes_.failed_rows, 1U);
}

TEST_F(RiskTable, TheShrunkCardStandsBesideThePrintedOneAndSaysLessExtremeThings) {
    const auto lines = rows({.clinical = file("c.csv",
                                              "patient_id,age_years,csa_cm2,fdr_pct\n"
                                              "A,80,24,40\nB,62,42,22\n")});
    ASSERT_EQ(lines.size(), 2U);
    const auto high = cells(lines[0]);
    const auto low = cells(lines[1]);
    EXPECT_EQ(high[11], "yang2025_shrunk");
    EXPECT_LT(std::stod(high[12]), std::stod(high[2]));
    EXPECT_GT(std::stod(low[12]), std::stod(low[2]));
    const RiskModel shrunk = load_risk_model("yang2025_shrunk");
    const RiskEstimate alone = estimate_risk(
        shrunk,
        {{"age_years", {.value = 80}}, {"csa_cm2", {.value = 24}}, {"fdr_pct", {.value = 40}}});
    EXPECT_NEAR(std::stod(high[12]), 100 * alone.probability, 0.005);
}

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

// 90 % intervals, as docs/columns.md says: their SD is the width over 2 x 1.6449.
TEST_F(RiskTable, TakesTheErrorOfEachMeasurementFromItsInterval) {
    const RiskModel model = load_risk_model("yang2025");
    const auto values = single_patient(
        {.measurements = file("m.csv",
                              "patient_id,csa_cm2,fdr_pct,vb_cm2,csa_low_cm2,csa_high_cm2,"
                              "fdr_low_pct,fdr_high_pct,vb_low_cm2,vb_high_cm2\n"
                              "A,40,20,16,38,42,17,24,,\n")},
        model);
    const auto error_sd = [&](const std::string& key) {
        return values[predictor_index(model, key).value()].value().error_sd;
    };
    EXPECT_NEAR(error_sd("csa_cm2"), 4 / (2 * 1.6448536), 1e-6);
    EXPECT_NEAR(error_sd("fdr_pct"), 7 / (2 * 1.6448536), 1e-6);
    EXPECT_EQ(error_sd("vb_cm2"), 0);
}

TEST_F(RiskTable, TheImageHasTheWordOnWhatItShows) {
    const auto clinical = file("c.csv", "patient_id,age_years,csa_cm2,fdr_pct\nA,70,30,40\n");
    const auto measured = file("m.csv", "patient_id,patient_age_years,csa_cm2,fdr_pct\nA,69,40,\n");
    const auto both = rows({.clinical = clinical, .measurements = measured});
    EXPECT_EQ(
        both,
        rows({.clinical = file("d.csv", "patient_id,age_years,csa_cm2,fdr_pct\nA,70,40,40\n")}));
    const auto json =
        file("p.json", R"({"patient_id":"A","age_years":70,"csa_cm2":30,"fdr_pct":40})");
    EXPECT_EQ(both, rows({.clinical = json, .measurements = measured}));
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

TEST_F(RiskTable, MeasurementsAloneWillDo) {
    const auto lines = rows({.measurements = file("m.csv",
                                                  "patient_id,patient_age_years,csa_cm2,fdr_pct\n"
                                                  "A,70,30,30\nB,,,\n")});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(cells(lines[0])[6].find("age_years"), std::string::npos);
    EXPECT_EQ(cells(lines[1])[2], "25.60");
}

TEST_F(RiskTable, JsonAndCsvSayTheSame) {
    const auto json = file("p.json",
                           R"([{"patient_id":"A","age_years":70,"diabetes":true,"csa_cm2":33.5},)"
                           R"({"patient_id":"B","age_years":null,"regular_exercise":"yes"}])");
    const auto csv = file("p.csv",
                          "patient_id,age_years,diabetes,csa_cm2,regular_exercise\n"
                          "A,70,1,33.5,\nB,NA,,,Y\n");
    EXPECT_EQ(rows({.clinical = json}), rows({.clinical = csv}));
}

TEST_F(RiskTable, ComplaintsNameThePlace) {
    const auto complaint = [&](const std::string& name, const std::string& content) -> std::string {
        try {
            rows({.clinical = file(name, content)});
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), ErrorCode::malformed_file);
            return error.what();
        }
        return "accepted";
    };
    EXPECT_EQ(complaint("a.csv", "patient_id,age_years\nA,old\n"),
              "a cell cannot be read: line 2, column age_years: 'old' is no number");
    EXPECT_EQ(complaint("a.csv", "patient_id,diabetes\nA,perhaps\n"),
              "a cell cannot be read: line 2, column diabetes: 'perhaps' is neither yes nor no");
    EXPECT_EQ(complaint("a.json", R"([{"age_years":70},{"age_years":"old"}])"),
              "patient 2, age_years: must be a number");
    EXPECT_EQ(complaint("a.json", R"([7])"), "patient 1: must be an object");
}

TEST_F(RiskTable, AllCellsThatCannotBeReadAreToldAtOnceAndBeforeAnyRow) {
    std::string written;
    RiskEstimator estimator(load_risk_model("yang2025"));
    const auto table =
        file("c.csv", "patient_id,age_years,diabetes\nA,70,1\nB,<60,maybe\nC,n.a.,Doe\n");
    try {
        write_risk_table(
            {.clinical = table}, estimator, [&](std::string_view piece) { written.append(piece); });
        FAIL() << "accepted";
    } catch (const Error& error) {
        EXPECT_STREQ(
            error.what(),
            "3 cells cannot be read: line 3, column age_years: '<60' is no number; line 3, "
            "column diabetes: 'maybe' is neither yes nor no; line 4, column diabetes: a "
            "text of 3 characters is neither yes nor no");
    }
    EXPECT_EQ(written, "");
}

TEST_F(RiskTable, WithoutAnyValueOfTheImageARiskIsFlagged) {
    const auto lines = rows({.clinical = file("c.csv",
                                              "patient_id,age_years,csa_cm2,fdr_pct,vb_cm2\n"
                                              "A,70,,,\nB,70,,30,\nC,95,,,\n")});
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(cells(lines[0])[8], "flagged");
    EXPECT_EQ(cells(lines[0])[9], "no_image_values");
    EXPECT_EQ(cells(lines[1])[8], "ok");
    EXPECT_EQ(cells(lines[2])[9], "no_image_values");
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

TEST_F(RiskTable, OnePatientIsAskedForWhereOneIsShown) {
    const RiskModel model = load_risk_model("yang2025");
    const auto two = file("p.csv", "patient_id,age_years\nA,70\nB,71\n");
    EXPECT_THROW(single_patient({.clinical = two}, model), Error);
    const auto one = file("p.json", R"({"age_years":70})");
    const auto measured = file("m.csv", "patient_id,age_years,csa_cm2\nX,60,30\n");
    const auto values = single_patient({.clinical = one, .measurements = measured}, model);
    EXPECT_EQ(values[0].value().value, 70) << "the clinical file has the last word";
    EXPECT_EQ(values[predictor_index(model, "csa_cm2").value()].value().value, 30);
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

TEST_F(RiskTable, FlagsMeasurementsThatThePublishedModelIsNotAbout) {
    const auto measured = file("m.csv",
                               "patient_id,csa_cm2,fdr_pct,roi,fat_method,fat_guard\n"
                               "A,30,30,fascial,reference,acted\nB,30,30,muscle,reference,on\n"
                               "C,30,30,fascial,otsu,off\n");
    const auto alone = rows({.measurements = measured});
    ASSERT_EQ(alone.size(), 3U);
    EXPECT_EQ(cells(alone[0])[8], "ok");
    EXPECT_EQ(cells(alone[1])[9], "measured_otherwise");
    EXPECT_NE(alone[1].find("--roi muscle"), std::string::npos);
    EXPECT_EQ(cells(alone[2])[9], "measured_otherwise");
    const auto clinical = file("c.csv", "patient_id,age_years\nA,70\nB,70\nC,70\n");
    const auto joined = rows({.clinical = clinical, .measurements = measured});
    EXPECT_EQ(cells(joined[1])[9], "measured_otherwise");
    EXPECT_EQ(cells(joined[2])[9], "measured_otherwise");
}

TEST_F(RiskTable, RowsOfAClinicalTableAreKeptByTheirPatient) {
    const ClinicalTable table =
        read_clinical_table(file("c.csv", "patient_id,age_years\nA,70\nB,71\nA,72\n,73\n"),
                            load_risk_model("yang2025"));
    EXPECT_EQ(table.rows.at("A").size(), 2U);
    EXPECT_EQ(table.rows.at("B").size(), 1U);
    EXPECT_EQ(table.lines_without_key, (std::vector<std::size_t>{5}));
}

}  // namespace
}  // namespace paraspinal
