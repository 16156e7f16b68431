// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
#include "pipeline/cohort/models/risk_table.h"

#include "core/error.h"
#include "pipeline/tables/clinical_table.h"
#include "tests/pipeline/cohort/models/risk_table_fixture.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace paraspinal {
namespace {

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
